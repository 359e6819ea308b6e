using System.Text.Json.Serialization;

namespace Tollgate.Api.Compatibility.OpenAIUsage;

/// <summary>A page of the usage of embeddings by bucket.</summary>
internal sealed record EmbeddingsPageShape(IReadOnlyList<EmbeddingsBucketShape> Data, bool HasMore, string? NextPage)
{
    /// <summary>Always <c>page</c>.</summary>
    [JsonPropertyOrder(-1)]
    public string Object => "page";
}

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
