using Npgsql;
using Tollgate.Accounting.Alerts;
using Tollgate.Accounting.Limits.Leases;
using Tollgate.Accounting.PostgreSql.Connections;
using Tollgate.Accounting.Time;
using Tollgate.Metering.Limits.Windows;
using static Tollgate.Accounting.PostgreSql.Connections.LimitParameters;

namespace Tollgate.Accounting.PostgreSql.Limits;

/// <summary>One lease exchange, in a transaction: reads under the lock, decides, and writes the changes.</summary>
internal sealed class LeaseExchange
{
    private const long DayMicros = 24 * 3600 * 1_000_000L;

    private readonly LeaseHolder _holder;
    private readonly IReadOnlyList<LeaseRequest> _requests;
    private readonly Key[] _keys;
    private readonly CounterWindows[] _windows;
    private readonly Dictionary<Key, CounterRows> _rows = [];
    private readonly UnixMicros _now;
    private bool _isNew = true;

    private LeaseExchange(LeaseHolder holder, IReadOnlyList<LeaseRequest> orders, UnixMicros now)
    {
        (_holder, _requests, _now) = (holder, orders, now);
        _keys =
        [
            .. orders.Select(static order => new Key(
                PostgreSqlStoredText.Normalize(order.Limit.Id),
                PostgreSqlStoredText.Normalize(order.Target)
            )),
        ];
        _windows = [.. orders.Select(order => LeaseAllocator.WindowsAt(order.Limit, now))];
    }

    /// <summary>Runs on a connection with an open transaction.</summary>
    public static async Task<LeaseResponse> RunAsync(
        NpgsqlConnection connection,
        LeaseHolder holder,
        IReadOnlyList<LeaseRequest> orders,
        CancellationToken cancellationToken
    )
    {
        var now = await LimitClock.ReadAsync(connection, LimitSql.LockAndReadClock, cancellationToken);
        var exchange = new LeaseExchange(holder, orders, now);
        await exchange.ReadAsync(connection, cancellationToken);
        var past = exchange.EndedWindows();
        var decisions = exchange.Decide();
        await exchange.WriteAsync(connection, decisions, past, cancellationToken);
        await ThresholdLevels.LookAsync(connection, exchange.BucketUpdates(decisions), cancellationToken);
        return new LeaseResponse(now, [.. decisions.Select(static decision => decision.State)], exchange._isNew);
    }

    private async Task ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand(
            LimitSql.ReadCounters,
            Texts(_keys, static key => key.Limit),
            Texts(_keys, static key => key.Target),
            Numbers(_windows, static windows => windows.OldestBooked),
            Numbers(_windows, static windows => windows.Lease),
            PostgreSqlCommands.Id(_holder.Id)
        );
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var builders = _keys.Select(static _ => new CounterRowsBuilder()).ToArray();
        while (await reader.ReadAsync(cancellationToken))
        {
            var kind = reader.GetInt32(0);
            if (kind == 3)
                _isNew = false;
            else
                builders[reader.GetInt64(1) - 1].Add((CounterRowKind)kind, reader, firstColumn: 2);
        }

        for (var index = 0; index < builders.Length; index++)
            _rows[_keys[index]] = builders[index].Build();
    }

    /// <summary>
    /// Processes requests for the same counter in sequence: the second one sees what the first one left.
    /// </summary>
    private LeaseDecision[] Decide()
    {
        var decisions = new LeaseDecision[_requests.Count];
        for (var index = 0; index < decisions.Length; index++)
        {
            decisions[index] = LeaseAllocator.Decide(_requests[index], _now, _rows[_keys[index]]);
            _rows[_keys[index]] = decisions[index].Rows;
        }

        return decisions;
    }

    /// <summary>
    /// The level of a bucket changes only in exchanges: records are charged to leases, and leases to the bucket.
    /// </summary>
    private IEnumerable<ThresholdCheck> BucketUpdates(LeaseDecision[] decisions) =>
        _requests
            .Zip(decisions)
            .Where(static pair =>
                pair.First.Limit.Window is BucketWindow && ThresholdLevel.HasThresholds(pair.First.Limit)
            )
            .GroupBy(static pair => (pair.First.Limit.Id, pair.First.Target), static (_, orders) => orders.Last())
            .Select(pair => new ThresholdCheck(
                pair.First.Limit,
                pair.First.Target,
                0,
                pair.Second.State.Count.Used,
                0,
                _now
            ));

    /// <summary>
    /// Removes old rows before the first record of a window or a part of a rolling one: rows more than a day old can no
    /// longer be charged by a call in flight.
    /// </summary>
    private List<(Key Key, long Before)> EndedWindows()
    {
        var past = new List<(Key, long)>();
        for (var index = 0; index < _keys.Length; index++)
        {
            var (booked, windows) = (_rows[_keys[index]].Booked, _windows[index]);
            if (windows.OldestBooked > DayMicros && (booked.Count == 0 || booked[^1].Part < windows.Booked))
                past.Add((_keys[index], windows.OldestBooked - DayMicros));
        }

        return past;
    }

    private async Task WriteAsync(
        NpgsqlConnection connection,
        LeaseDecision[] decisions,
        List<(Key Key, long Before)> past,
        CancellationToken cancellationToken
    )
    {
        var leases = decisions
            .Select(
                (decision, index) =>
                    (Key: _keys[index], Window: decision.State.LeaseWindow, Change: decision.HeldChange)
            )
            .GroupBy(static lease => (lease.Key, lease.Window), static lease => lease.Change)
            .Select(static group =>
                (
                    group.Key.Key,
                    group.Key.Window,
                    Change: group.Aggregate(Int128.Zero, static (sum, change) => sum + change)
                )
            )
            .Where(static lease => lease.Change != 0)
            .ToList();
        var buckets = _requests
            .Select((order, index) => (order, Key: _keys[index]))
            .Where(static pair => pair.order.Limit.Window is BucketWindow)
            .Select(static pair => pair.Key)
            .Distinct()
            .Select(key => (Key: key, _rows[key].Bucket))
            .ToList();
        var lease = PostgreSqlCommands.Time((_now + _holder.LeaseDuration).Value);
        await connection.RunAsync(
            LimitSql.WriteLeases,
            cancellationToken,
            PostgreSqlCommands.Id(_holder.Id),
            PostgreSqlCommands.Text(_holder.Name),
            lease,
            Texts(leases, static lease => lease.Key.Limit),
            Texts(leases, static lease => lease.Key.Target),
            Numbers(leases, static lease => lease.Window),
            Amounts(leases, static lease => lease.Change),
            Texts(buckets, static bucket => bucket.Key.Limit),
            Texts(buckets, static bucket => bucket.Key.Target),
            Amounts(buckets, static bucket => bucket.Bucket.Debt),
            Numbers(buckets, static bucket => bucket.Bucket.At),
            Texts(past, static one => one.Key.Limit),
            Texts(past, static one => one.Key.Target),
            Numbers(past, static one => one.Before)
        );
    }

    /// <summary>The key of a stored counter.</summary>
    private readonly record struct Key(string Limit, string Target);
}
