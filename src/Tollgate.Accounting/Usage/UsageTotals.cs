using Tollgate.Accounting.Time;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Usage;

/// <summary>Sums over several records.</summary>
public sealed record UsageTotals
{
    /// <summary>The number of records, one for each attempt. Corrections are not counted.</summary>
    public long Calls { get; init; }

    /// <summary>
    /// The number that failed because of the provider or the gateway; clients that disconnected are not counted.
    /// </summary>
    public long Errors { get; init; }

    /// <summary>The number with estimated consumption.</summary>
    public long Estimated { get; init; }

    /// <summary>The number without a known price, which <see cref="Cost"/> does not include.</summary>
    public long Unpriced { get; init; }

    /// <summary>The cost of those with a price.</summary>
    public Money Cost { get; init; }

    /// <summary>The total duration.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>The total consumption.</summary>
    public TokenUsage Usage { get; init; }

    /// <summary>
    /// True if <see cref="Errors"/> counts an outcome: caused by the provider or the gateway; a client that
    /// disconnected is not an error.
    /// </summary>
    public static bool IsError(CallOutcome outcome) =>
        outcome
            is not (
                CallOutcome.Completed
                or CallOutcome.ClientDisconnected
                or CallOutcome.Booked
                or CallOutcome.Corrected
                or CallOutcome.Repriced
            );

    /// <summary>
    /// Returns the sums of one record. A correction adds its cost and usage, but is not a call; one that gives an
    /// unpriced record its cost subtracts that record from <see cref="Unpriced"/>.
    /// </summary>
    public static UsageTotals FromRecord(UsageRecord record) =>
        new()
        {
            Calls = record.Corrects is null ? 1 : 0,
            Errors = record.Corrects is null && IsError(record.Outcome) ? 1 : 0,
            Estimated = record.Corrects is null && record.UsageSource == UsageSource.Estimated ? 1 : 0,
            Unpriced = CountUnpriced(record),
            Cost = record.Cost ?? Money.Zero,
            Duration = StoredTime.ToDuration(record.Duration.ToMicros()), // As stored: truncated to microseconds.
            Usage = record.Usage,
        };

    /// <summary>Returns what one record adds to <see cref="Unpriced"/>.</summary>
    internal static int CountUnpriced(UsageRecord record)
    {
        if (record.Corrects is null)
            return record.Cost is null ? 1 : 0;
        return record.Outcome == CallOutcome.Repriced ? -1 : 0;
    }

    /// <summary>Adds two sums.</summary>
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

    /// <summary>Subtracts a part from a sum.</summary>
    public static UsageTotals operator -(UsageTotals left, UsageTotals right)
    {
        var usage = left.Usage;
        for (var kind = 0; kind < TokenUsage.KindCount; kind++)
            usage.Adjust((UsageKind)kind, -right.Usage[(UsageKind)kind]);
        return new UsageTotals
        {
            Calls = left.Calls - right.Calls,
            Errors = left.Errors - right.Errors,
            Estimated = left.Estimated - right.Estimated,
            Unpriced = left.Unpriced - right.Unpriced,
            Cost = left.Cost - right.Cost,
            Duration = left.Duration - right.Duration,
            Usage = usage,
        };
    }
}

/// <summary>The sums of one group.</summary>
/// <param name="Name">The value that the group has in common; null means none.</param>
/// <param name="Totals">The sums.</param>
public sealed record UsageGroup(string? Name, UsageTotals Totals);
