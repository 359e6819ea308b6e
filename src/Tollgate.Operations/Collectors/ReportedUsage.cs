using Tollgate.Metering.Usage;

namespace Tollgate.Operations.Collectors;

/// <summary>
/// One line of a provider's own report. A usage report contains tokens, a cost report dollars; a line rarely contains
/// both.
/// </summary>
/// <param name="Day">The day in UTC.</param>
/// <param name="Provider">The provider's id, as the ledger names it.</param>
/// <param name="Model">The model as the provider names it; its own description if the line is not for a model.</param>
public sealed record ReportedUsage(DateOnly Day, string Provider, string Model)
{
    /// <summary>The provider's id of the key; null if the report has no breakdown by key.</summary>
    public string? Key { get; init; }

    /// <summary>The provider's project or workspace; null if there is none.</summary>
    public string? Project { get; init; }

    /// <summary>
    /// The usage, in disjoint kinds. Providers do not report reasoning separately: it is part of the text output.
    /// </summary>
    public TokenUsage Usage { get; init; }

    /// <summary>The number of requests; null if the provider does not report it.</summary>
    public long? Requests { get; init; }

    /// <summary>The amount that the provider charges; null, not 0, if this line contains no cost.</summary>
    public Money? Cost { get; init; }
}
