using Tollgate.Accounting.PostgreSql.Connections;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Stores.Sql;

namespace Tollgate.Accounting.PostgreSql.Ledger;

/// <summary>Verifies that the rollups agree with one another and with the records, and repairs them.</summary>
internal sealed class SumChecking(PostgreSqlDatabase database)
{
    private static readonly ServerSums Sums = new(PostgreSqlDialect.Instance, Add);

    public async Task<IReadOnlyList<SumCheck>> CheckAsync(bool repair, CancellationToken cancellation) =>
        await database.RunTransactionAsync(
            async connection =>
            {
                // Two concurrent repairs would both add what is missing.
                if (repair)
                    await SchemaLock.TakeAsync(connection, cancellation);
                var found = await Sums.CheckAsync(connection, cancellation);
                if (repair && found.Exists(static check => check.Wrong > 0))
                    await Sums.RepairAsync(connection, cancellation);
                return found;
            },
            cancellation
        );

    private static string Add(KeptTable kept, string wrong)
    {
        var hash = kept.Names.Count > 0 ? $", {BookSql.NamesHash} AS names_hash" : "";
        string[] key = kept.Names.Count > 0 ? [kept.Time, "names_hash"] : [kept.Time];
        var columns = UsageColumns.List([.. key, .. kept.Names, .. PostgreSqlDialect.Instance.Columns.Sums]);
        return $"{wrong}INSERT INTO {kept.Table} AS kept ({columns}) SELECT {columns} FROM (SELECT *{hash} FROM "
            + $"wrong) AS named "
            + $"ORDER BY {UsageColumns.List(key)} ON CONFLICT ({UsageColumns.List(key)}) DO UPDATE SET {BookSql.Added}";
    }
}
