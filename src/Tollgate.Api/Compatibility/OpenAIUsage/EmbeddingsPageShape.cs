using System.Text.Json.Serialization;

namespace Tollgate.Api.Compatibility.OpenAIUsage;

/// <summary>A page of the usage of embeddings by bucket.</summary>
internal sealed record EmbeddingsPageShape(IReadOnlyList<EmbeddingsBucketShape> Data, bool HasMore, string? NextPage)
{
    /// <summary>Always <c>page</c>.</summary>
    [JsonPropertyOrder(-1)]
    public string Object => "page";
}
