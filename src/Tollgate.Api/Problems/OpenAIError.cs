using System.Text.Json.Serialization;

namespace Tollgate.Api.Problems;

/// <summary>The body of an error response as OpenAI and LiteLLM send it.</summary>
internal sealed record OpenAIError(OpenAIErrorDetails Error);

/// <summary>The error in an <see cref="OpenAIError"/>.</summary>
internal sealed record OpenAIErrorDetails
{
    /// <summary>The error for people.</summary>
    public required string Message { get; init; }

    /// <summary>The kind of error for programs, such as <c>invalid_request_error</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The parameter or field that is wrong; null if it is not one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string? Param { get; init; }

    /// <summary>The status code of the response, as text.</summary>
    public required string Code { get; init; }
}
