using Npgsql;
using Tollgate.Accounting.Admission;
using Tollgate.Metering.Limits;
using static Tollgate.Accounting.PostgreSql.Limits.LimitParameters;

namespace Tollgate.Accounting.PostgreSql.Limits;

/// <summary>What a batch of records takes from counters and grants, added up so that one statement writes it.</summary>
internal sealed class LimitCharging
{
    private readonly Dictionary<(string Limit, string Target, long Window), Int128> _used = [];
    private readonly Dictionary<(string Limit, string Target, long Window, Guid Holder), Int128> _spent = [];

    /// <summary>Adds a record that was new.</summary>
    public void Add(BookedUsage booked)
    {
        if (booked.Charges is not { } charges) return;
        foreach (var (limit, amount) in charges.Of(booked.Record))
        {
            var (id, target) = (StoredText.Of(limit.Id), StoredText.Of(limit.Target));
            if (limit.CountWindow is { } count) _used[(id, target, count)] = _used.GetValueOrDefault((id, target, count)) + amount;
            // What runs at once is given back when it ends, not spent.
            if (limit.GrantWindow is { } grant && limit.Metric != LimitMetric.ConcurrentRequests)
                _spent[(id, target, grant, charges.Holder)] = _spent.GetValueOrDefault((id, target, grant, charges.Holder)) + amount;
        }
    }

    /// <summary>Writes it, in the transaction of the records.</summary>
    public async Task WriteAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        if (_used.Count == 0 && _spent.Count == 0) return;
        await connection.RunAsync(
            LimitSql.Charge, cancellation,
            Texts(_used, static row => row.Key.Limit), Texts(_used, static row => row.Key.Target), Numbers(_used, static row => row.Key.Window), Amounts(_used, static row => row.Value),
            Texts(_spent, static row => row.Key.Limit), Texts(_spent, static row => row.Key.Target), Numbers(_spent, static row => row.Key.Window),
            Ids(_spent, static row => row.Key.Holder), Amounts(_spent, static row => row.Value));
    }
}
