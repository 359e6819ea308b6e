using Npgsql;
using Tollgate.Accounting.Alerts;
using Tollgate.Accounting.Limits.Leases;
using Tollgate.Accounting.PostgreSql.Connections;
using Tollgate.Metering.Limits.Windows;
using static Tollgate.Accounting.PostgreSql.Connections.LimitParameters;

namespace Tollgate.Accounting.PostgreSql.Limits;

/// <summary>One lease exchange, in a transaction: reads under the lock, decides, and writes the changes.</summary>
internal sealed class LimitExchange
{
    private const long DayMicros = 24 * 3600 * 1_000_000L;

    private readonly GrantHolder _holder;
    private readonly IReadOnlyList<GrantOrder> _orders;
    private readonly Key[] _keys;
    private readonly CounterWindows[] _windows;
    private readonly Dictionary<Key, CounterRows> _rows = [];
    private readonly long _now;
    private bool _isNew = true;

    private LimitExchange(GrantHolder holder, IReadOnlyList<GrantOrder> orders, long now)
    {
        (_holder, _orders, _now) = (holder, orders, now);
        _keys = [.. orders.Select(static order => new Key(StoredText.Of(order.Limit.Id), StoredText.Of(order.Target)))];
        _windows = [.. orders.Select(order => GrantBook.CounterOf(order.Limit, now))];
    }

    /// <summary>Runs on a connection with an open transaction.</summary>
    public static async Task<GrantAnswer> RunAsync(
        NpgsqlConnection connection,
        GrantHolder holder,
        IReadOnlyList<GrantOrder> orders,
        CancellationToken cancellation
    )
    {
        var now = await LimitClock.ReadAsync(connection, LimitSql.LockAndTell, cancellation);
        var exchange = new LimitExchange(holder, orders, now);
        await exchange.ReadAsync(connection, cancellation);
        var past = exchange.Past();
        var decisions = exchange.Decide();
        await exchange.WriteAsync(connection, decisions, past, cancellation);
        await LimitLevels.LookAsync(connection, exchange.Buckets(decisions), cancellation);
        return new GrantAnswer(now, [.. decisions.Select(static decision => decision.State)], exchange._isNew);
    }

    private async Task ReadAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = connection.Command(
            LimitSql.ReadOrders,
            Texts(_keys, static key => key.Limit),
            Texts(_keys, static key => key.Target),
            Numbers(_windows, static windows => windows.OldestBooked),
            Numbers(_windows, static windows => windows.Grant),
            PostgreSqlCommands.Id(_holder.Id)
        );
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var builders = _keys.Select(static _ => new CounterRowsBuilder()).ToArray();
        while (await reader.ReadAsync(cancellation))
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
    private GrantDecision[] Decide()
    {
        var decisions = new GrantDecision[_orders.Count];
        for (var index = 0; index < decisions.Length; index++)
        {
            decisions[index] = GrantBook.Decide(_orders[index], _now, _rows[_keys[index]]);
            _rows[_keys[index]] = decisions[index].Rows;
        }

        return decisions;
    }

    /// <summary>
    /// The level of a bucket changes only in exchanges: records are charged to leases, and leases to the bucket.
    /// </summary>
    private IEnumerable<LimitReading> Buckets(GrantDecision[] decisions) =>
        _orders
            .Zip(decisions)
            .Where(static pair => pair.First.Limit.Window is BucketWindow && LimitLevel.Concerns(pair.First.Limit))
            .GroupBy(static pair => (pair.First.Limit.Id, pair.First.Target), static (_, orders) => orders.Last())
            .Select(pair => new LimitReading(
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
    private List<(Key Key, long Before)> Past()
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
        GrantDecision[] decisions,
        List<(Key Key, long Before)> past,
        CancellationToken cancellation
    )
    {
        var grants = decisions
            .Select(
                (decision, index) =>
                    (Key: _keys[index], Window: decision.State.GrantWindow, Change: decision.HeldChange)
            )
            .GroupBy(static grant => (grant.Key, grant.Window), static grant => grant.Change)
            .Select(static group =>
                (
                    group.Key.Key,
                    group.Key.Window,
                    Change: group.Aggregate(Int128.Zero, static (sum, change) => sum + change)
                )
            )
            .Where(static grant => grant.Change != 0)
            .ToList();
        var buckets = _orders
            .Select((order, index) => (order, Key: _keys[index]))
            .Where(static pair => pair.order.Limit.Window is BucketWindow)
            .Select(static pair => pair.Key)
            .Distinct()
            .Select(key => (Key: key, _rows[key].Bucket))
            .ToList();
        var lease = PostgreSqlCommands.Time(_now + (_holder.Lease.Ticks / TimeSpan.TicksPerMicrosecond));
        await connection.RunAsync(
            LimitSql.WriteOrders,
            cancellation,
            PostgreSqlCommands.Id(_holder.Id),
            PostgreSqlCommands.Text(_holder.Name),
            lease,
            Texts(grants, static grant => grant.Key.Limit),
            Texts(grants, static grant => grant.Key.Target),
            Numbers(grants, static grant => grant.Window),
            Amounts(grants, static grant => grant.Change),
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
