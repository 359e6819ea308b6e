namespace Tollgate.Api.Compatibility.OpenAIUsage;

/// <summary>The usage of a group. Properties by which it is not grouped are null.</summary>
internal sealed record EmbeddingsResultShape
{
    /// <summary>Always <c>organization.usage.embeddings.result</c>.</summary>
    public string Object => "organization.usage.embeddings.result";

    /// <summary>Input tokens.</summary>
    public required long InputTokens { get; init; }

    /// <summary>The number of calls.</summary>
    public required long NumModelRequests { get; init; }

    /// <summary>The project.</summary>
    public required string? ProjectId { get; init; }

    /// <summary>The user.</summary>
    public required string? UserId { get; init; }

    /// <summary>The id of the virtual key.</summary>
    public required string? ApiKeyId { get; init; }

    /// <summary>The model.</summary>
    public required string? Model { get; init; }
}
