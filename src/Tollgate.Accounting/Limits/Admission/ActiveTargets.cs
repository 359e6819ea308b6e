using Tollgate.Accounting.Limits.Leases;
using Tollgate.Accounting.Time;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Windows;

namespace Tollgate.Accounting.Limits.Admission;

/// <summary>
/// The active values of a limit with one counter for each value, for as long as the store keeps rows for them.
/// Otherwise a client that can supply any value in a header could fill the store, and this gateway's memory, with
/// counters. Used only under the controller's lock.
/// </summary>
internal sealed class ActiveTargets
{
    /// <summary>The target that counts all values beyond the bound, for limits that do not refuse.</summary>
    public const string OverflowTarget = "*";

    private static readonly TimeSpan EvictionInterval = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, UnixMicros> _expiresAt = [];
    private UnixMicros? _evictedAt;

    /// <summary>Registers a target; returns false if it is new and the maximum is reached.</summary>
    /// <param name="limit">The limit.</param>
    /// <param name="target">The target.</param>
    /// <param name="most">The maximum number of targets.</param>
    /// <param name="now">The time.</param>
    public bool TryAdd(Limit limit, string target, int most, UnixMicros now)
    {
        var isKnown = _expiresAt.TryGetValue(target, out var until);
        if (isKnown && until > now && limit.Window is CalendarWindow or TotalWindow)
            return true; // Its window is still open, regardless of its users.
        if (!isKnown && _expiresAt.Count >= most && !EvictIdle(now))
            return false;
        _expiresAt[target] = ExpiryOf(limit, now);
        return true;
    }

    /// <summary>When nothing is kept any more for a target that is used now.</summary>
    public static UnixMicros ExpiryOf(Limit limit, UnixMicros now) =>
        limit.Window switch
        {
            CalendarWindow => new UnixMicros(LeaseAllocator.WindowsAt(limit, now).End),
            RollingWindow rolling => now + rolling.Length,
            BucketWindow bucket => now + bucket.Period,
            InstantWindow => now + EvictionInterval,
            _ => UnixMicros.Never,
        };

    /// <summary>
    /// Makes room, at most once a second: a client that sends many names must not cause a full scan each time.
    /// </summary>
    private bool EvictIdle(UnixMicros now)
    {
        if (now > _evictedAt && now - _evictedAt < EvictionInterval)
            return false;
        _evictedAt = now;
        var before = _expiresAt.Count;
        foreach (var (target, until) in _expiresAt)
            if (until <= now)
                _expiresAt.Remove(target);
        return _expiresAt.Count < before;
    }
}
