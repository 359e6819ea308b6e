using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Usage;

/// <summary>Matches records with a property, or without it.</summary>
/// <param name="Property">The property.</param>
/// <param name="Expected">True for records that have it, false for all others.</param>
public sealed record PropertyFilter(UsageProperty Property, bool Expected = true) : UsageFilter
{
    /// <inheritdoc/>
    public override bool IsRolledUp => false;

    /// <inheritdoc/>
    public override bool Matches(UsageRecord record) => Has(record) == Expected;

    private bool Has(UsageRecord record) =>
        Property switch
        {
            UsageProperty.Error => record.Corrects is null && UsageTotals.IsError(record.Outcome),
            UsageProperty.Unpriced => UsageTotals.CountUnpriced(record) != 0,
            UsageProperty.Estimated => record.Corrects is null && record.UsageSource == UsageSource.Estimated,
            UsageProperty.Streamed => record.Streamed,
            UsageProperty.Correction => record.Corrects is not null,
            _ => throw new InvalidOperationException($"'{Property}' is not a valid property of records."),
        };
}
