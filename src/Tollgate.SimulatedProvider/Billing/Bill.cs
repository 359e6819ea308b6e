namespace Tollgate.SimulatedProvider.Billing;

/// <summary>The billed calls since the start or the last reset. Thread-safe.</summary>
internal sealed class Bill(TimeProvider timeProvider, int listedCalls)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<BillKey, BillLine> _lines = [];
    private readonly Dictionary<(DateOnly Day, BillKey Key), BillLine> _days = [];
    private readonly SortedDictionary<int, long> _refused = [];
    private readonly List<BilledCall> _calls = [];
    private long _unlisted;

    /// <summary>Prices and adds a call.</summary>
    public void Book(BilledCall call)
    {
        var priced = call with { Time = timeProvider.GetUtcNow(), Cost = BillAudit.Price(call.Model, call.Tokens) };
        var key = new BillKey(call.Model, call.Api, call.State);
        lock (_lock)
        {
            if (!_lines.TryGetValue(key, out var line))
                _lines.Add(key, line = new BillLine());
            line.Add(priced);
            var day = (DateOnly.FromDateTime(priced.Time.UtcDateTime), key);
            if (!_days.TryGetValue(day, out var dayLine))
                _days.Add(day, dayLine = new BillLine());
            dayLine.Add(priced);
            if (_calls.Count < listedCalls)
                _calls.Add(priced);
            else
                _unlisted++;
        }
    }

    /// <summary>Counts a call that was refused with an error status. It is not charged.</summary>
    public void CountRefused(int status)
    {
        lock (_lock)
            _refused[status] = _refused.GetValueOrDefault(status) + 1;
    }

    public BillTotals GetTotals()
    {
        lock (_lock)
        {
            return new BillTotals(
                _lines.ToDictionary(line => line.Key, line => line.Value.Copy()),
                new SortedDictionary<int, long>(_refused),
                _unlisted
            );
        }
    }

    /// <summary>
    /// The charges of one day (UTC), by model and API, with separate lines for complete and cut calls.
    /// </summary>
    public IReadOnlyList<KeyValuePair<BillKey, BillLine>> GetDay(DateOnly day)
    {
        lock (_lock)
        {
            return
            [
                .. _days
                    .Where(line => line.Key.Day == day)
                    .Select(static line => KeyValuePair.Create(line.Key.Key, line.Value.Copy()))
                    .OrderBy(static line => line.Key.Model, StringComparer.Ordinal)
                    .ThenBy(static line => line.Key.Api),
            ];
        }
    }

    /// <summary>Listed calls in booking order, starting at the index <paramref name="after"/>.</summary>
    public IReadOnlyList<BilledCall> GetCalls(int after, int limit)
    {
        lock (_lock)
        {
            var first = Math.Clamp(after, 0, _calls.Count);
            return _calls.GetRange(first, Math.Clamp(limit, 0, _calls.Count - first));
        }
    }

    public void Reset()
    {
        lock (_lock)
        {
            _lines.Clear();
            _days.Clear();
            _refused.Clear();
            _calls.Clear();
            _unlisted = 0;
        }
    }
}
