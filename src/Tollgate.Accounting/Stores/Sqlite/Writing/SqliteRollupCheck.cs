using Microsoft.Data.Sqlite;
using Tollgate.Accounting.Stores.Sql;
using Tollgate.Accounting.Usage;

namespace Tollgate.Accounting.Stores.Sqlite.Writing;

/// <summary>Verifies that the rollups agree with one another and with the records.</summary>
internal static class SqliteRollupCheck
{
    /// <summary>Reads everything in one snapshot, that of the connection's transaction.</summary>
    public static IReadOnlyList<RollupVerification> Read(SqliteConnection connection)
    {
        using var snapshot = connection.BeginTransaction(deferred: true);
        return [.. SqliteRollupTables.All.Select(sql => Read(connection, sql))];
    }

    private static RollupVerification Read(SqliteConnection connection, RollupCheckSql sql)
    {
        using var command = connection.CreateCommand(sql.Check);
        command.CommandTimeout = 0; // It reads all records.
        using var reader = command.ExecuteReader();
        reader.Read();
        var row = reader.CreateCursor();
        return new RollupVerification(sql.Kind, row.Number())
        {
            First = row.TimeOrNull(),
            Last = row.TimeOrNull(),
            MissingCalls = row.Number(),
            MissingCost = RollupSums.ToCost(row.Number(), row.Number()),
            UnverifiableRows = row.Number(),
        };
    }
}

/// <summary>Repairs the rollups.</summary>
internal sealed class RepairRollupsWork : ILedgerWork
{
    public int Run(LedgerWriterConnection store)
    {
        store.RepairRollups();
        return 0;
    }
}
