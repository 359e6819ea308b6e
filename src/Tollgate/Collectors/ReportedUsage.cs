using Tollgate.Metering.Usage;

namespace Tollgate.Collectors;

/// <summary>
/// One line of a provider's own report. A usage report states tokens, a cost report dollars; a line seldom states both.
/// </summary>
/// <param name="Day">The day in UTC.</param>
/// <param name="Provider">The provider's id, as the ledger names it.</param>
/// <param name="Model">The model as the provider names it; its own words where the line is for no model.</param>
internal sealed record ReportedUsage(DateOnly Day, string Provider, string Model)
{
    /// <summary>The id that the provider gives the key; null where the report is not by key.</summary>
    public string? Key { get; init; }

    /// <summary>The provider's project or workspace; null where none is named.</summary>
    public string? Project { get; init; }

    /// <summary>
    /// What was consumed, in disjoint kinds. Providers do not report reasoning apart: it is in the output of text.
    /// </summary>
    public TokenUsage Usage { get; init; }

    /// <summary>The number of requests; null where the provider does not state it.</summary>
    public long? Requests { get; init; }

    /// <summary>What the provider charges; null where this line states no cost, which is not 0.</summary>
    public Money? Cost { get; init; }
}
