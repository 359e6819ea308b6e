using Tollgate.Accounting.Time;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Windows;

namespace Tollgate.Accounting.Limits.Replay;

/// <summary>Counts calls in the order of their start, in one window of a limit at a time.</summary>
internal abstract class ReplayCounter
{
    /// <summary>Returns the amount that can be used at a time, which is not before the last one.</summary>
    public abstract Int128 GetRoom(UnixMicros now);

    /// <summary>Counts an amount.</summary>
    /// <param name="amount">The amount.</param>
    /// <param name="now">The start of the call.</param>
    /// <param name="end">Its end.</param>
    public abstract void Add(Int128 amount, UnixMicros now, UnixMicros end);

    /// <summary>Creates the counter of a limit with an amount.</summary>
    public static ReplayCounter Create(Limit limit, Int128 amount) =>
        limit switch
        {
            { Metric: LimitMetric.ConcurrentRequests } => new Concurrent(amount),
            { Window: CalendarWindow window } => new Calendar(window, amount),
            { Window: RollingWindow window } => new Rolling(window, amount),
            { Window: BucketWindow window } => new Bucket(window, amount),
            { Window: TotalWindow } => new Total(amount),
            _ => new Single(amount),
        };

    /// <summary>Each call on its own.</summary>
    private sealed class Single(Int128 amount) : ReplayCounter
    {
        public override Int128 GetRoom(UnixMicros now) => amount;

        public override void Add(Int128 used, UnixMicros now, UnixMicros end) { }
    }

    private sealed class Total(Int128 amount) : ReplayCounter
    {
        private Int128 _used;

        public override Int128 GetRoom(UnixMicros now) => amount - _used;

        public override void Add(Int128 used, UnixMicros now, UnixMicros end) => _used += used;
    }

    private sealed class Calendar(CalendarWindow window, Int128 amount) : ReplayCounter
    {
        private WindowSpan _current;
        private Int128 _used;

        public override Int128 GetRoom(UnixMicros now)
        {
            var time = now.ToTime();
            if (!_current.Contains(time))
                (_current, _used) = (window.At(time), 0);
            return amount - _used;
        }

        public override void Add(Int128 used, UnixMicros now, UnixMicros end)
        {
            _ = GetRoom(now);
            _used += used;
        }
    }

    private sealed class Rolling(RollingWindow window, Int128 amount) : ReplayCounter
    {
        private readonly Queue<(long Part, Int128 Amount)> _parts = new();
        private Int128 _used;

        public override Int128 GetRoom(UnixMicros now)
        {
            var oldest = window.GetOldestPart(now.Value);
            while (_parts.TryPeek(out var first) && first.Part < oldest)
                _used -= _parts.Dequeue().Amount;
            return amount - _used;
        }

        public override void Add(Int128 used, UnixMicros now, UnixMicros end)
        {
            _parts.Enqueue((window.GetPart(now.Value), used));
            _used += used;
        }
    }

    private sealed class Bucket(BucketWindow window, Int128 amount) : ReplayCounter
    {
        private readonly long _period = window.Period.Ticks / TimeSpan.TicksPerMicrosecond;
        private BucketLevel _level;

        public override Int128 GetRoom(UnixMicros now)
        {
            _level = _level.LevelAt(now.Value, amount);
            return _level.Available(window.Burst ?? amount, _period);
        }

        public override void Add(Int128 used, UnixMicros now, UnixMicros end) =>
            _level = _level.LevelAt(now.Value, amount).Take(used, _period);
    }

    private sealed class Concurrent(Int128 amount) : ReplayCounter
    {
        private readonly PriorityQueue<UnixMicros, long> _running = new();

        public override Int128 GetRoom(UnixMicros now)
        {
            while (_running.TryPeek(out _, out var end) && end <= now.Value)
                _running.Dequeue();
            return amount - _running.Count;
        }

        public override void Add(Int128 used, UnixMicros now, UnixMicros end) => _running.Enqueue(end, end.Value);
    }
}
