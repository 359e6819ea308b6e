using Tollgate.Accounting.Time;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Usage;

/// <summary>Sums over many records.</summary>
public sealed record UsageTotals
{
    /// <summary>The records, one an attempt. Corrections are none.</summary>
    public long Calls { get; init; }

    /// <summary>Those that failed through the provider or the gateway; callers who left are not among them.</summary>
    public long Errors { get; init; }

    /// <summary>Those whose consumption is estimated.</summary>
    public long Estimated { get; init; }

    /// <summary>Those without a known price, which <see cref="Cost"/> leaves out.</summary>
    public long Unpriced { get; init; }

    /// <summary>The cost of those that have a price.</summary>
    public Money Cost { get; init; }

    /// <summary>The time that they took together.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>What they consumed.</summary>
    public TokenUsage Usage { get; init; }

    /// <summary>
    /// Whether <see cref="Errors"/> counts an outcome: the provider or the gate is to blame; a caller who left is not.
    /// </summary>
    public static bool IsError(CallOutcome outcome) =>
        outcome
            is not (
                CallOutcome.Completed
                or CallOutcome.ClientLeft
                or CallOutcome.Booked
                or CallOutcome.Corrected
                or CallOutcome.PricedLater
            );

    /// <summary>
    /// What one record adds. A correction adds its cost and usage, but is no call; one that gives an unpriced record
    /// its cost takes that record from <see cref="Unpriced"/>.
    /// </summary>
    public static UsageTotals Of(UsageRecord record) =>
        new()
        {
            Calls = record.Corrects is null ? 1 : 0,
            Errors = record.Corrects is null && IsError(record.Outcome) ? 1 : 0,
            Estimated = record.Corrects is null && record.UsageSource == UsageSource.Estimated ? 1 : 0,
            Unpriced = UnpricedOf(record),
            Cost = record.Cost ?? Money.Zero,
            Duration = StoredTime.ToDuration(record.Duration.ToMicros()), // As it is stored: what is finer is cut off.
            Usage = record.Usage,
        };

    /// <summary>What one record adds to <see cref="Unpriced"/>.</summary>
    internal static int UnpricedOf(UsageRecord record)
    {
        if (record.Corrects is null)
            return record.Cost is null ? 1 : 0;
        return record.Outcome == CallOutcome.PricedLater ? -1 : 0;
    }

    /// <summary>The sums of both.</summary>
    public static UsageTotals operator +(UsageTotals left, UsageTotals right) =>
        new()
        {
            Calls = left.Calls + right.Calls,
            Errors = left.Errors + right.Errors,
            Estimated = left.Estimated + right.Estimated,
            Unpriced = left.Unpriced + right.Unpriced,
            Cost = left.Cost + right.Cost,
            Duration = left.Duration + right.Duration,
            Usage = left.Usage + right.Usage,
        };
}

/// <summary>The sums of one group.</summary>
/// <param name="Name">The value that the group has in common; null is none.</param>
/// <param name="Totals">The sums.</param>
public sealed record UsageGroup(string? Name, UsageTotals Totals);
