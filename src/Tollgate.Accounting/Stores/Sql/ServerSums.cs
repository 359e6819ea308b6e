using System.Data.Common;

namespace Tollgate.Accounting.Stores.Sql;

/// <summary>Compares a server's rollups with one another and with the records, and repairs them.</summary>
/// <param name="dialect">The dialect of the server.</param>
/// <param name="add">As in <see cref="SumTerms"/>: in the order in which writes lock rows.</param>
public sealed class ServerSums(SqlDialect dialect, Func<KeptTable, string, string> add)
{
    private readonly SumCheckSql[] _all = All(dialect.Columns, dialect, add);

    /// <summary>Returns the differences for each kind.</summary>
    public async Task<List<SumCheck>> CheckAsync(DbConnection connection, CancellationToken cancellation)
    {
        var found = new List<SumCheck>();
        foreach (var sql in _all)
            found.Add(await CheckAsync(connection, sql, cancellation));
        return found;
    }

    /// <summary>Adds the differences, within the connection's transaction.</summary>
    public async Task RepairAsync(DbConnection connection, CancellationToken cancellation)
    {
        foreach (var statement in _all.SelectMany(static sql => (string[])[sql.Repair, sql.Clean]))
        {
            await using var command = Patient(connection, statement);
            await command.ExecuteNonQueryAsync(cancellation);
        }
    }

    private async Task<SumCheck> CheckAsync(DbConnection connection, SumCheckSql sql, CancellationToken cancellation)
    {
        await using var command = Patient(connection, sql.Check);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        var row = new RowCursor(reader, dialect);
        return new SumCheck(sql.Kind, row.Number())
        {
            First = row.TimeOrNull(),
            Last = row.TimeOrNull(),
            MissingCalls = row.Number(),
            MissingCost = row.Decimal(),
            Unknown = row.Number(),
        };
    }

    /// <summary>Disables the time limit: the command reads all records.</summary>
    private static DbCommand Patient(DbConnection connection, string sql)
    {
        var command = connection.CreateCommand();
        (command.CommandText, command.CommandTimeout) = (sql, 0);
        return command;
    }

    /// <summary>All kinds, sources before the rollups derived from them.</summary>
    private static SumCheckSql[] All(UsageColumns columns, SqlDialect dialect, Func<KeptTable, string, string> add)
    {
        var names = columns.RollupNames;
        var ofRecords =
            $"SELECT {columns.SlotOfRecord} AS slot, "
            + $"{UsageColumns.List(names.Select(static name => $"coalesce({name}, '') AS {name}"))}, "
            + $"{UsageColumns.List(columns.Sums.Zip(columns.SumsOfRecord, static (sum, value) => $"{value} AS {sum}"))} FROM {dialect.Records}";
        var terms = new SumTerms(columns.Sums, columns.SumOf, SumTerms.IsAnyWrong(columns.Sums), add);
        return
        [
            new(new(KeptSums.SlotsOfNames, "usage_rollup", "slot", names, ofRecords, IsOfRecords: true), terms),
            new(
                new(KeptSums.DaysOfNames, "usage_days", "day", names, OfRollup($"{dialect.DayOf("slot")} AS day")),
                terms
            ),
            new(new(KeptSums.Slots, "usage_slots", "slot", [], OfRollup("slot")), terms),
        ];

        string OfRollup(string time) =>
            $"SELECT {UsageColumns.List([time, .. names, .. columns.Sums])} FROM usage_rollup";
    }
}
