using Tollgate.Accounting.Time;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Usage;

/// <summary>Matches records by their duration, to the microsecond.</summary>
/// <param name="Min">The shortest duration, inclusive; null for any.</param>
/// <param name="Max">The longest duration, inclusive; null for any.</param>
public sealed record DurationFilter(TimeSpan? Min, TimeSpan? Max) : UsageFilter
{
    /// <inheritdoc/>
    public override bool IsRolledUp => false;

    /// <inheritdoc/>
    public override bool Matches(UsageRecord record) =>
        !(record.Duration.ToMicros() < Min?.ToMicros()) && !(record.Duration.ToMicros() > Max?.ToMicros());
}
