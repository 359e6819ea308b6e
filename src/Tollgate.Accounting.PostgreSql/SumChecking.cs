using Npgsql;
using Tollgate.Accounting.Ledger.Stores;

namespace Tollgate.Accounting.PostgreSql;

/// <summary>Finds out whether the kept sums agree with one another and with the records, and puts them right.</summary>
internal sealed class SumChecking(PostgreSqlDatabase database)
{
    public async Task<IReadOnlyList<SumCheck>> CheckAsync(bool repair, CancellationToken cancellation) =>
        await database.RunTransactionAsync(
            async connection =>
            {
                // Two that repair at once would both add what is missing.
                if (repair) await SchemaLock.TakeAsync(connection, cancellation);
                var found = new List<SumCheck>();
                foreach (var sql in SumCheckSql.All) found.Add(await ReadAsync(connection, sql, cancellation));
                if (repair && found.Exists(static check => check.Wrong > 0)) await RepairAsync(connection, cancellation);
                return found;
            },
            cancellation);

    private static async Task RepairAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        foreach (var sql in SumCheckSql.All)
        {
            await connection.RunPatientlyAsync(sql.Repair, cancellation);
            await connection.RunPatientlyAsync(sql.Clean, cancellation);
        }
    }

    private static async Task<SumCheck> ReadAsync(NpgsqlConnection connection, SumCheckSql sql, CancellationToken cancellation)
    {
        await using var command = connection.Command(sql.Check).Patient();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
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
