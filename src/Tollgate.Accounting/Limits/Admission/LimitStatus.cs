using Tollgate.Accounting.Limits.Leases;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Time;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Windows;

namespace Tollgate.Accounting.Limits.Admission;

/// <summary>How much of a limit is used and remaining at a given time.</summary>
public sealed record LimitStatus
{
    /// <summary>The limit.</summary>
    public required Limit Limit { get; init; }

    /// <summary>The target, if the limit has a counter for each; otherwise empty.</summary>
    public required string Target { get; init; }

    /// <summary>The amount recorded in the window, in the metric's unit.</summary>
    public Int128 Used { get; init; }

    /// <summary>The amount that gateways hold for calls in flight and future calls.</summary>
    public Int128 Reserved { get; init; }

    /// <summary>The amount remaining; negative if more was used than allowed, null if there is no limit.</summary>
    public Int128? Left { get; init; }

    /// <summary>
    /// When the window ends; for a rolling window, when its oldest part expires; for a bucket, when it is full. Null if
    /// that is never, or now.
    /// </summary>
    public DateTimeOffset? ResetsAt { get; init; }

    /// <summary>True if more was used than allowed.</summary>
    public bool IsExceeded => Left < 0;

    /// <summary>Creates the status of a counter.</summary>
    public static LimitStatus Create(Limit limit, in LimitCount count, DateTimeOffset now) =>
        new()
        {
            Limit = limit,
            Target = count.Target,
            Used = count.Used,
            Reserved = count.Granted,
            Left = limit.AmountAt(now) is null ? null : count.Remaining,
            ResetsAt = ResetTime(limit, count, now),
        };

    /// <summary>
    /// Creates the status of an account, as far as known to its gateway without asking the store. Quota leased for
    /// future calls counts as remaining.
    /// </summary>
    internal static LimitStatus Create(LimitAccount account, DateTimeOffset now) =>
        Create(account.Limit, account.Reading.Count, now) with
        {
            Target = account.Target,
            Left = account.Limit.LeasesQuota()
                ? account.Reading.Count.Remaining + account.Lease.Held
                : account.Limit.MaxAt(now) - account.CommittedAt(UnixMicros.FromTime(now)),
        };

    /// <summary>Creates the status of a limit that has not counted anything yet.</summary>
    public static LimitStatus CreateUnused(Limit limit, string target, DateTimeOffset now) =>
        new()
        {
            Limit = limit,
            Target = target,
            Left = limit.MaxAt(now),
            ResetsAt = limit.Window is CalendarWindow calendar ? calendar.At(now).End : null,
        };

    private static DateTimeOffset? ResetTime(Limit limit, in LimitCount count, DateTimeOffset now) =>
        limit.Window switch
        {
            CalendarWindow => DateTimeOffset.UnixEpoch.AddMicroseconds(count.WindowEnd),
            RollingWindow rolling when count.Parts is [var oldest, ..] => DateTimeOffset.UnixEpoch.AddMicroseconds(
                rolling.ExpiresAt(oldest.Part)
            ),
            BucketWindow when count.Debt > 0 && limit.AmountAt(now) is { } inflow && inflow > 0 => now.AddMicroseconds(
                (double)((count.Debt + inflow - 1) / inflow)
            ),
            _ => null,
        };
}

/// <summary>Reads the status of limits.</summary>
public static class LimitStatusReader
{
    /// <summary>Reads the status of all counters of the limits.</summary>
    /// <param name="counters">The counters.</param>
    /// <param name="limits">The limits.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="LedgerUnavailableException">The counters cannot be reached.</exception>
    public static async Task<IReadOnlyList<LimitStatus>> ReadAsync(
        ILimitStore counters,
        IReadOnlyList<Limit> limits,
        DateTimeOffset now,
        CancellationToken cancellationToken = default
    )
    {
        var byId = limits.ToDictionary(static limit => limit.Id, StringComparer.Ordinal);
        return
        [
            .. (await counters.ReadAsync(limits, cancellationToken)).Select(count =>
                LimitStatus.Create(byId[count.Id], count, now)
            ),
        ];
    }

    /// <summary>Reads the status of the limits that apply to a call, for that call.</summary>
    /// <param name="counters">The counters.</param>
    /// <param name="limits">The limits.</param>
    /// <param name="subject">The call.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="LedgerUnavailableException">The counters cannot be reached.</exception>
    public static async Task<IReadOnlyList<LimitStatus>> ReadAsync(
        ILimitStore counters,
        IReadOnlyList<Limit> limits,
        LimitSubject subject,
        DateTimeOffset now,
        CancellationToken cancellationToken = default
    )
    {
        var found = new List<(CompiledLimit Limit, string Target)>();
        new LimitTable([.. limits.Select(static limit => new CompiledLimit(limit))]).Match(subject, found);
        var counts = (
            await counters.ReadAsync([.. found.Select(static one => one.Limit.Limit).Distinct()], cancellationToken)
        ).ToDictionary(static count => (count.Id, count.Target));
        return
        [
            .. found.Select(one =>
                counts.TryGetValue((one.Limit.Limit.Id, one.Target), out var count)
                    ? LimitStatus.Create(one.Limit.Limit, count, now)
                    : LimitStatus.CreateUnused(one.Limit.Limit, one.Target, now)
            ),
        ];
    }
}
