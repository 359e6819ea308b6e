using Microsoft.Data.Sqlite;
using Tollgate.Accounting.Stores.Sql;
using Tollgate.Accounting.Usage;

namespace Tollgate.Accounting.Stores.Sqlite.Writing;

/// <summary>Verifies that the rollups agree with one another and with the records.</summary>
internal static class SqliteSumCheck
{
    /// <summary>Reads everything in one snapshot, that of the connection's transaction.</summary>
    public static IReadOnlyList<SumCheck> Read(SqliteConnection connection)
    {
        using var snapshot = connection.BeginTransaction(deferred: true);
        return [.. SqliteSumTables.All.Select(sql => Read(connection, sql))];
    }

    private static SumCheck Read(SqliteConnection connection, SumCheckSql sql)
    {
        using var command = connection.Command(sql.Check);
        command.CommandTimeout = 0; // It reads all records.
        using var reader = command.ExecuteReader();
        reader.Read();
        var row = reader.Row();
        return new SumCheck(sql.Kind, row.Number())
        {
            First = row.TimeOrNull(),
            Last = row.TimeOrNull(),
            MissingCalls = row.Number(),
            MissingCost = RollupSums.CostOf(row.Number(), row.Number()),
            Unknown = row.Number(),
        };
    }
}

/// <summary>Repairs the rollups.</summary>
internal sealed class RepairSums : ILedgerWork
{
    public int Run(SqliteLedgerWriter store)
    {
        store.RepairSums();
        return 0;
    }
}
