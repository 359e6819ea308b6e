using System.Text.Json.Serialization;

namespace Tollgate.Api.Compatibility.OpenAIUsage;

/// <summary>A page of costs by day.</summary>
internal sealed record CostsPageShape(IReadOnlyList<CostsBucketShape> Data, bool HasMore, string? NextPage)
{
    /// <summary>Always <c>page</c>.</summary>
    [JsonPropertyOrder(-1)]
    public string Object => "page";
}
