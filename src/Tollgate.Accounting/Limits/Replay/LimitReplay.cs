using Tollgate.Accounting.Limits.Admission;
using Tollgate.Accounting.Time;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Limits.Replay;

/// <summary>
/// Replays recorded calls against a limit that was not in force, and finds those that it would have refused. A refused
/// call uses nothing. Calls count with what they used, whereas a gateway reserves the maximum that a call can use, so
/// near its end a real limit refuses somewhat earlier.
/// </summary>
public sealed class LimitReplay
{
    private readonly LimitTable _table;
    private readonly Int128? _amount;
    private readonly Limit _limit;
    private readonly Dictionary<string, ReplayCounter> _counters = new(StringComparer.Ordinal);
    private readonly List<(CompiledLimit Limit, string Target)> _matches = [];
    private readonly HashSet<Guid> _refused = [];

    /// <summary>Creates a replay with nothing used.</summary>
    /// <param name="limit">The limit; without an amount it refuses nothing.</param>
    public LimitReplay(Limit limit) =>
        (_limit, _amount, _table) = (limit, limit.Amount, new LimitTable([new CompiledLimit(limit)]));

    /// <summary>Replays the next record, in the order of their starts; returns what the limit does with it.</summary>
    /// <param name="record">The record; a correction has no effect.</param>
    /// <param name="team">The team of its key; null if there is none.</param>
    /// <param name="organization">The organization of its key; null if there is none.</param>
    public ReplayOutcome Add(UsageRecord record, string? team, string? organization)
    {
        if (record.Corrects is not null || _amount is not { } amount)
            return ReplayOutcome.NotConcerned;
        if (_refused.Contains(record.Id.Call))
            return ReplayOutcome.NotConcerned; // A further attempt of a call that was refused.
        _matches.Clear();
        _table.Match(
            new LimitSubject(record.Attribution, record.Provider, record.Model, record.ModelGroup, team, organization),
            _matches
        );
        if (_matches.Count == 0)
            return ReplayOutcome.NotConcerned;
        return Count(record, amount);
    }

    private ReplayOutcome Count(UsageRecord record, Int128 amount)
    {
        var used = new LimitDemand(record.Usage, record.Cost)[_limit.Metric] ?? 0;
        var now = UnixMicros.FromTime(record.StartedAt);
        var counters = _matches.ConvertAll(match => FindCounter(match.Target, amount));
        // A record without usage was not admitted for it, but a request counts, and a limit of 0 denies.
        if (counters.Exists(counter => counter.GetRoom(now) < used || amount == 0))
        {
            _refused.Add(record.Id.Call);
            return ReplayOutcome.Refused;
        }

        var end = UnixMicros.FromTime(record.StartedAt + record.Duration);
        foreach (var counter in counters)
            counter.Add(used, now, end);
        return ReplayOutcome.Admitted;
    }

    private ReplayCounter FindCounter(string target, Int128 amount)
    {
        if (!_counters.TryGetValue(target, out var counter))
            _counters[target] = counter = ReplayCounter.Create(_limit, amount);
        return counter;
    }
}
