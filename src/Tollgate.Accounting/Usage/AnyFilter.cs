using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Usage;

/// <summary>Matches records that match at least one of several filters.</summary>
/// <param name="Filters">The filters; none matches nothing.</param>
public sealed record AnyFilter(IReadOnlyList<UsageFilter> Filters) : UsageFilter
{
    /// <inheritdoc/>
    public override bool IsRolledUp => Filters.All(static filter => filter.IsRolledUp);

    /// <inheritdoc/>
    public override bool IsNever => Filters.All(static filter => filter.IsNever);

    /// <inheritdoc/>
    public override bool Matches(UsageRecord record) => Filters.Any(filter => filter.Matches(record));

    /// <inheritdoc/>
    public override bool Matches(Func<UsageDimension, string?> valueOf) =>
        Filters.Any(filter => filter.Matches(valueOf));
}
