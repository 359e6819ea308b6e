using MySql.Data.MySqlClient;
using Tollgate.Accounting.Ledger.Stores;

namespace Tollgate.Accounting.MySql;

/// <summary>Finds out whether the kept sums agree with one another and with the records, and puts them right.</summary>
internal sealed class SumChecking(MySqlDatabase database)
{
    public async Task<IReadOnlyList<SumCheck>> CheckAsync(bool repair, CancellationToken cancellation) =>
        await database.RunAsync(
            async connection =>
            {
                if (!repair) return await ReadAsync(connection, cancellation);
                // Two that repair at once would both add what is missing.
                await SchemaLock.TakeAsync(connection, cancellation);
                try
                {
                    var found = await ReadAsync(connection, cancellation);
                    if (found.Exists(static check => check.Wrong > 0)) await RepairAsync(cancellation);
                    return found;
                }
                finally
                {
                    await SchemaLock.ReleaseAsync(connection);
                }
            },
            cancellation);

    private static async Task<List<SumCheck>> ReadAsync(MySqlConnection connection, CancellationToken cancellation)
    {
        var found = new List<SumCheck>();
        foreach (var sql in SumCheckSql.All) found.Add(await ReadAsync(connection, sql, cancellation));
        return found;
    }

    /// <summary>READ COMMITTED: a statement's difference is of one snapshot, and it locks only the rows that it adds to.</summary>
    private Task<bool> RepairAsync(CancellationToken cancellation) =>
        database.RunTransactionAsync(
            async connection =>
            {
                foreach (var sql in SumCheckSql.All)
                {
                    await connection.RunPatientlyAsync(sql.Repair, cancellation);
                    await connection.RunPatientlyAsync(sql.Clean, cancellation);
                }

                return true;
            },
            cancellation);

    private static async Task<SumCheck> ReadAsync(MySqlConnection connection, SumCheckSql sql, CancellationToken cancellation)
    {
        await using var command = connection.Command(sql.Check).Patient();
        await using var reader = (MySqlDataReader)await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        var row = new UsageRowReader(reader);
        return new SumCheck(sql.Kind, row.Number())
        {
            First = row.TimeOrNull(),
            Last = row.TimeOrNull(),
            MissingCalls = row.Number(),
            MissingCost = row.Decimal(),
            Unknown = row.Number(),
        };
    }
}
