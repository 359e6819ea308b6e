using Npgsql;
using Tollgate.Accounting.Limits.Leases;
using Tollgate.Accounting.PostgreSql.Connections;
using Tollgate.Accounting.Time;
using Tollgate.Metering.Limits;
using static Tollgate.Accounting.PostgreSql.Connections.LimitParameters;

namespace Tollgate.Accounting.PostgreSql.Limits;

/// <summary>Reads the counters of limits, for all their targets, as one snapshot.</summary>
internal static class CounterReader
{
    public static async Task<IReadOnlyList<LimitCount>> ReadAsync(
        NpgsqlConnection connection,
        IReadOnlyList<Limit> limits,
        CancellationToken cancellationToken
    )
    {
        var now = await LimitClock.ReadAsync(connection, LimitSql.ReadClock, cancellationToken);
        var rows = await ReadRowsAsync(connection, limits, now, cancellationToken);
        var counts = new List<LimitCount>();
        for (var index = 0; index < limits.Count; index++)
        {
            var limit = limits[index];
            // A limit with a single counter has it even if nothing was ever counted.
            if (rows[index].Count == 0 && !limit.Scope.HasWildcard)
                rows[index][""] = new CounterRowsBuilder();
            foreach (var (target, counter) in rows[index])
                counts.Add(LeaseAllocator.Count(limit, target, now, counter.Build()));
        }

        return counts;
    }

    private static async Task<SortedDictionary<string, CounterRowsBuilder>[]> ReadRowsAsync(
        NpgsqlConnection connection,
        IReadOnlyList<Limit> limits,
        UnixMicros now,
        CancellationToken cancellationToken
    )
    {
        await using var command = connection.CreateCommand(
            LimitSql.ReadAll,
            Texts(limits, static limit => PostgreSqlStoredText.Normalize(limit.Id)),
            Numbers(limits, limit => LeaseAllocator.WindowsAt(limit, now).OldestBooked),
            Numbers(limits, limit => LeaseAllocator.WindowsAt(limit, now).Lease)
        );
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var found = limits
            .Select(static _ => new SortedDictionary<string, CounterRowsBuilder>(StringComparer.Ordinal))
            .ToArray();
        while (await reader.ReadAsync(cancellationToken))
        {
            var (kind, targets, target) = (reader.GetInt32(0), found[reader.GetInt64(1) - 1], reader.GetString(2));
            if (!targets.TryGetValue(target, out var counter))
                targets[target] = counter = new CounterRowsBuilder();
            if (kind != (int)CounterRowKind.Own)
                counter.Add((CounterRowKind)kind, reader, firstColumn: 3);
        }

        return found;
    }
}
