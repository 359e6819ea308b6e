using Tollgate.Accounting.PostgreSql.Connections;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Stores.Sql;

namespace Tollgate.Accounting.PostgreSql.Ledger;

/// <summary>Verifies that the rollups agree with one another and with the records, and repairs them.</summary>
internal sealed class PostgreSqlRollupVerifier(PostgreSqlDatabase database)
{
    private static readonly RollupVerifier Sums = new(PostgreSqlDialect.Instance, Add);

    public async Task<IReadOnlyList<RollupVerification>> CheckAsync(bool repair, CancellationToken cancellationToken) =>
        await database.RunTransactionAsync(
            async connection =>
            {
                // Two concurrent repairs would both add what is missing.
                if (repair)
                    await PostgreSqlSchemaLock.TakeAsync(connection, cancellationToken);
                var found = await Sums.CheckAsync(connection, cancellationToken);
                if (repair && found.Exists(static check => check.IncorrectRows > 0))
                    await Sums.RepairAsync(connection, cancellationToken);
                return found;
            },
            cancellationToken
        );

    private static string Add(RollupTable kept, string wrong)
    {
        var hash = kept.Names.Count > 0 ? $", {BookingSql.NamesHash} AS names_hash" : "";
        string[] key = kept.Names.Count > 0 ? [kept.Time, "names_hash"] : [kept.Time];
        var columns = UsageColumnSql.Join([.. key, .. kept.Names, .. PostgreSqlDialect.Instance.Columns.Sums]);
        return $"{wrong}INSERT INTO {kept.Table} AS kept ({columns}) SELECT {columns} FROM (SELECT *{hash} FROM "
            + $"wrong) AS named "
            + $"ORDER BY {UsageColumnSql.Join(key)} ON CONFLICT ({UsageColumnSql.Join(key)}) DO UPDATE SET "
            + $"{BookingSql.AddOnConflict}";
    }
}
