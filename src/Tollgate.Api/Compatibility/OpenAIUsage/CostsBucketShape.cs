using System.Text.Json.Serialization;

namespace Tollgate.Api.Compatibility.OpenAIUsage;

/// <summary>A day.</summary>
/// <param name="StartTime">Its start as seconds since 1970.</param>
/// <param name="EndTime">Its end as seconds since 1970.</param>
/// <param name="Results">One result for each group that has a cost.</param>
internal sealed record CostsBucketShape(long StartTime, long EndTime, IReadOnlyList<CostsResultShape> Results)
{
    /// <summary>Always <c>bucket</c>.</summary>
    [JsonPropertyOrder(-1)]
    public string Object => "bucket";
}
