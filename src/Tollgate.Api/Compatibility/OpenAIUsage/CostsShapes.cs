using System.Text.Json.Serialization;

namespace Tollgate.Api.Compatibility.OpenAIUsage;

/// <summary>A page of costs by day.</summary>
internal sealed record CostsPageShape(IReadOnlyList<CostsBucketShape> Data, bool HasMore, string? NextPage)
{
    /// <summary>Always <c>page</c>.</summary>
    [JsonPropertyOrder(-1)]
    public string Object => "page";
}

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

/// <summary>
/// The cost of a group. Properties by which it is not grouped are null. A group without any price has no result, since
/// its cost is unknown, not 0.
/// </summary>
internal sealed record CostsResultShape
{
    /// <summary>Always <c>organization.costs.result</c>.</summary>
    public string Object => "organization.costs.result";

    /// <summary>The cost.</summary>
    public required CostAmountShape Amount { get; init; }

    /// <summary>The model.</summary>
    public required string? LineItem { get; init; }

    /// <summary>The project.</summary>
    public required string? ProjectId { get; init; }

    /// <summary>The id of the virtual key.</summary>
    public required string? ApiKeyId { get; init; }
}

/// <summary>An amount of money.</summary>
/// <param name="Value">The amount with all digits.</param>
/// <param name="Currency">Always <c>usd</c>.</param>
internal sealed record CostAmountShape(decimal Value, string Currency);
