using Npgsql;
using Tollgate.Accounting.Limits.Leases;
using Tollgate.Accounting.PostgreSql.Connections;
using Tollgate.Metering.Limits;
using static Tollgate.Accounting.PostgreSql.Connections.LimitParameters;

namespace Tollgate.Accounting.PostgreSql.Limits;

/// <summary>Reads the counters of limits, for all their targets, as one snapshot.</summary>
internal static class CounterReading
{
    public static async Task<IReadOnlyList<LimitCount>> ReadAsync(
        NpgsqlConnection connection,
        IReadOnlyList<Limit> limits,
        CancellationToken cancellation
    )
    {
        var now = await LimitClock.ReadAsync(connection, LimitSql.Tell, cancellation);
        var rows = await RowsAsync(connection, limits, now, cancellation);
        var counts = new List<LimitCount>();
        for (var index = 0; index < limits.Count; index++)
        {
            var limit = limits[index];
            // A limit with a single counter has it even if nothing was ever counted.
            if (rows[index].Count == 0 && !limit.Scope.CountsEach)
                rows[index][""] = new CounterRowsBuilder();
            foreach (var (target, counter) in rows[index])
                counts.Add(GrantBook.Count(limit, target, now, counter.Build()));
        }

        return counts;
    }

    private static async Task<SortedDictionary<string, CounterRowsBuilder>[]> RowsAsync(
        NpgsqlConnection connection,
        IReadOnlyList<Limit> limits,
        long now,
        CancellationToken cancellation
    )
    {
        await using var command = connection.Command(
            LimitSql.ReadAll,
            Texts(limits, static limit => StoredText.Of(limit.Id)),
            Numbers(limits, limit => GrantBook.CounterOf(limit, now).OldestBooked),
            Numbers(limits, limit => GrantBook.CounterOf(limit, now).Grant)
        );
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = limits
            .Select(static _ => new SortedDictionary<string, CounterRowsBuilder>(StringComparer.Ordinal))
            .ToArray();
        while (await reader.ReadAsync(cancellation))
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
