using System.Text.Json.Serialization;

namespace Tollgate.Api.Compatibility.OpenAIUsage;

/// <summary>A bucket of time.</summary>
/// <param name="StartTime">Its start as seconds since 1970.</param>
/// <param name="EndTime">Its end as seconds since 1970.</param>
/// <param name="Results">One result for each group that has usage.</param>
internal sealed record EmbeddingsBucketShape(long StartTime, long EndTime, IReadOnlyList<EmbeddingsResultShape> Results)
{
    /// <summary>Always <c>bucket</c>.</summary>
    [JsonPropertyOrder(-1)]
    public string Object => "bucket";
}
