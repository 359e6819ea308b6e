using Tollgate.Accounting.Limits.Leases;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Windows;

namespace Tollgate.Accounting.Limits.Admission;

/// <summary>
/// The active values of a limit with one counter for each value, for as long as the store keeps rows for them.
/// Otherwise a client that can supply any value in a header could fill the store, and this gateway's memory, with
/// counters. Used only under the controller's lock.
/// </summary>
internal sealed class LiveTargets
{
    /// <summary>The target that counts all values beyond the bound, for limits that do not refuse.</summary>
    public const string Others = "*";

    private const long SweepMicros = 1_000_000;

    private readonly Dictionary<string, long> _until = [];
    private long _sweptAt;

    /// <summary>Registers a target; returns false if it is new and the maximum is reached.</summary>
    /// <param name="limit">The limit.</param>
    /// <param name="target">The target.</param>
    /// <param name="most">The maximum number of targets.</param>
    /// <param name="now">Microseconds since 1970.</param>
    public bool TryAdd(Limit limit, string target, int most, long now)
    {
        var isKnown = _until.TryGetValue(target, out var until);
        if (isKnown && until > now && limit.Window is CalendarWindow or TotalWindow)
            return true; // Its window is still open, whoever uses it.
        if (!isKnown && _until.Count >= most && !Sweep(now))
            return false;
        _until[target] = EndOf(limit, now);
        return true;
    }

    /// <summary>When nothing is kept any more for a target that is used now.</summary>
    public static long EndOf(Limit limit, long now) =>
        limit.Window switch
        {
            CalendarWindow => GrantBook.CounterOf(limit, now).End,
            RollingWindow rolling => now + Micros(rolling.Length),
            BucketWindow bucket => now + Micros(bucket.Period),
            InstantWindow => now + SweepMicros,
            _ => long.MaxValue,
        };

    /// <summary>
    /// Makes room, at most once a second: a client that sends many names must not cause a full scan each time.
    /// </summary>
    private bool Sweep(long now)
    {
        if (now - _sweptAt is > 0 and < SweepMicros)
            return false;
        _sweptAt = now;
        var before = _until.Count;
        foreach (var (target, until) in _until)
            if (until <= now)
                _until.Remove(target);
        return _until.Count < before;
    }

    private static long Micros(TimeSpan time) => time.Ticks / TimeSpan.TicksPerMicrosecond;
}
