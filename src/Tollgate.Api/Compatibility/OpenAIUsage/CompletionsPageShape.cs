using System.Text.Json.Serialization;

namespace Tollgate.Api.Compatibility.OpenAIUsage;

/// <summary>A page of usage by bucket.</summary>
internal sealed record CompletionsPageShape(IReadOnlyList<CompletionsBucketShape> Data, bool HasMore, string? NextPage)
{
    /// <summary>Always <c>page</c>.</summary>
    [JsonPropertyOrder(-1)]
    public string Object => "page";
}
