using System.Data.Common;

namespace Tollgate.Accounting.Stores.Sql;

/// <summary>Compares a server's rollups with one another and with the records, and repairs them.</summary>
/// <param name="dialect">The dialect of the server.</param>
/// <param name="add">As in <see cref="RollupSqlTerms"/>: in the order in which writes lock rows.</param>
/// <param name="blocks">The source of the rollups by blocks; null for a server without them.</param>
public sealed class RollupVerifier(SqlDialect dialect, Func<RollupTable, string, string> add, string? blocks = null)
{
    private readonly RollupCheckSql[] _all = CreateChecks(dialect, add, blocks);

    /// <summary>Returns the differences for each kind.</summary>
    public async Task<List<RollupVerification>> CheckAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        var found = new List<RollupVerification>();
        foreach (var sql in _all)
            found.Add(await CheckAsync(connection, sql, cancellationToken));
        return found;
    }

    /// <summary>Adds the differences, within the connection's transaction.</summary>
    public async Task RepairAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        foreach (var statement in _all.SelectMany(static sql => (string[])[sql.Repair, sql.Clean]))
        {
            await using var command = CreateLongRunningCommand(connection, statement);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private async Task<RollupVerification> CheckAsync(
        DbConnection connection,
        RollupCheckSql sql,
        CancellationToken cancellationToken
    )
    {
        await using var command = CreateLongRunningCommand(connection, sql.Check);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var row = new RowCursor(reader, dialect);
        return new RollupVerification(sql.Kind, row.Number())
        {
            First = row.TimeOrNull(),
            Last = row.TimeOrNull(),
            MissingCalls = row.Number(),
            MissingCost = row.Decimal(),
            UnverifiableRows = row.Number(),
        };
    }

    /// <summary>Disables the time limit: the command reads all records.</summary>
    private static DbCommand CreateLongRunningCommand(DbConnection connection, string sql)
    {
        var command = connection.CreateCommand();
        (command.CommandText, command.CommandTimeout) = (sql, 0);
        return command;
    }

    /// <summary>All kinds, sources before the rollups derived from them.</summary>
    private static RollupCheckSql[] CreateChecks(
        SqlDialect dialect,
        Func<RollupTable, string, string> add,
        string? blocks
    )
    {
        var columns = dialect.Columns;
        var names = columns.RollupNames;
        var ofRecords =
            $"SELECT {columns.SlotOfRecord} AS slot, "
            + $"{UsageColumnSql.Join(names.Select(static name => $"coalesce({name}, '') AS {name}"))}, "
            + UsageColumnSql.Join(columns.Sums.Zip(columns.SumsOfRecord, static (sum, value) => $"{value} AS {sum}"))
            + $" FROM {dialect.RecordsSource}";
        var terms = new RollupSqlTerms(
            columns.Sums,
            columns.SumExpression,
            RollupSqlTerms.IsAnyWrong(columns.Sums),
            add
        );
        return
        [
            new(new(RollupKind.SlotsByName, "usage_rollup", "slot", names, ofRecords, IsFromRecords: true), terms),
            new(
                new(
                    RollupKind.DaysByName,
                    "usage_days",
                    "day",
                    names,
                    OfRollup($"{dialect.DayExpression("slot")} AS day")
                ),
                terms
            ),
            new(new(RollupKind.Slots, "usage_slots", "slot", [], OfRollup("slot")), terms),
            .. blocks is null
                ? (RollupCheckSql[])[]
                : [new(new(RollupKind.Blocks, "usage_blocks", "slot", ["dimension", "hours", "name"], blocks), terms)],
        ];

        string OfRollup(string time) =>
            $"SELECT {UsageColumnSql.Join([time, .. names, .. columns.Sums])} FROM usage_rollup";
    }
}
