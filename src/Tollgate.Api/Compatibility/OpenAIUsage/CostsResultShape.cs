namespace Tollgate.Api.Compatibility.OpenAIUsage;

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
