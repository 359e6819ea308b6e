using Npgsql;
using Tollgate.Accounting.Alerts;
using Tollgate.Accounting.Limits;
using Tollgate.Accounting.Limits.Leases;
using Tollgate.Accounting.PostgreSql.Connections;
using Tollgate.Accounting.Time;
using Tollgate.Metering.Limits;
using static Tollgate.Accounting.PostgreSql.Connections.LimitParameters;

namespace Tollgate.Accounting.PostgreSql.Limits;

/// <summary>
/// The charges of a batch of records to counters and leases, summed so that one statement writes them.
/// </summary>
/// <param name="watched">The limits with thresholds.</param>
internal sealed class LimitCharger(LimitsWithThresholds watched)
{
    private readonly Dictionary<(string Limit, string Target, long Window), Int128> _used = [];
    private readonly Dictionary<(string Limit, string Target, long Window, Guid Holder), Int128> _spent = [];

    /// <summary>Adds a new record.</summary>
    public void Add(ChargedRecord booked)
    {
        if (booked.Charges is not { } charges)
            return;
        foreach (var (limit, amount) in charges.AmountsFor(booked.Record))
        {
            var (id, target) = (PostgreSqlStoredText.Normalize(limit.Id), PostgreSqlStoredText.Normalize(limit.Target));
            if (limit.CountWindow is { } count)
                _used[(id, target, count)] = _used.GetValueOrDefault((id, target, count)) + amount;
            // Concurrency is returned when the call ends, not spent.
            if (limit.LeaseWindow is { } lease && limit.Metric != LimitMetric.ConcurrentRequests)
                _spent[(id, target, lease, charges.Holder)] =
                    _spent.GetValueOrDefault((id, target, lease, charges.Holder)) + amount;
        }
    }

    /// <summary>
    /// Writes the charges in the transaction of the records, and raises the alerts for crossed thresholds.
    /// </summary>
    public async Task WriteAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (_used.Count == 0 && _spent.Count == 0)
            return;
        var changed = await ChargeAsync(connection, cancellationToken);
        await MissedWindows.RememberAsync(
            connection,
            _used.Keys.Where(count => watched.NeedsBackfill(count.Limit, count.Window)),
            cancellationToken
        );
        await ThresholdLevels.LookAsync(connection, changed, cancellationToken);
    }

    /// <summary>Writes the charges, and returns the current counts of limits with thresholds.</summary>
    private async Task<List<ThresholdCheck>> ChargeAsync(
        NpgsqlConnection connection,
        CancellationToken cancellationToken
    )
    {
        await using var command = connection.CreateCommand(
            LimitSql.Charge,
            Texts(_used, static row => row.Key.Limit),
            Texts(_used, static row => row.Key.Target),
            Numbers(_used, static row => row.Key.Window),
            Amounts(_used, static row => row.Value),
            Texts(_spent, static row => row.Key.Limit),
            Texts(_spent, static row => row.Key.Target),
            Numbers(_spent, static row => row.Key.Window),
            Ids(_spent, static row => row.Key.Holder),
            Amounts(_spent, static row => row.Value)
        );
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var changed = new List<ThresholdCheck>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var (id, target, window) = (reader.GetString(0), reader.GetString(1), reader.GetInt64(2));
            if (watched.Find(id) is { } limit)
                changed.Add(
                    new ThresholdCheck(
                        limit,
                        target,
                        window,
                        ReadAmount(reader, 3),
                        _used[(id, target, window)],
                        new UnixMicros(PostgreSqlCommands.ToMicros(reader.GetFieldValue<long>(4)))
                    )
                );
        }

        return changed;
    }
}
