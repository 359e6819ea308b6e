using Tollgate.Accounting.PostgreSql.Connections;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Stores.Sql;

namespace Tollgate.Accounting.PostgreSql.Ledger;

/// <summary>Verifies that the rollups agree with one another and with the records, and repairs them.</summary>
internal sealed class PostgreSqlRollupVerifier(PostgreSqlDatabase database)
{
    private static readonly RollupVerifier Sums = new(PostgreSqlDialect.Instance, Add, BlockSql.Source);

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
        if (kept.Kind == RollupKind.Blocks)
            return AddBy(BlockSql.Key.Split(", "), [], kept, wrong);
        return kept.Names.Count > 0
            ? AddBy([kept.Time, "names_hash"], kept.Names, kept, wrong, $", {BookingSql.NamesHash} AS names_hash")
            : AddBy([kept.Time], [], kept, wrong);
    }

    private static string AddBy(
        string[] key,
        IEnumerable<string> names,
        RollupTable kept,
        string wrong,
        string hash = ""
    )
    {
        var columns = UsageColumnSql.Join([.. key, .. names, .. PostgreSqlDialect.Instance.Columns.Sums]);
        return $"{wrong}INSERT INTO {kept.Table} AS kept ({columns}) SELECT {columns} FROM (SELECT *{hash} FROM "
            + $"wrong) AS named "
            + $"ORDER BY {UsageColumnSql.Join(key)} ON CONFLICT ({UsageColumnSql.Join(key)}) DO UPDATE SET "
            + $"{BookingSql.AddOnConflict}";
    }
}
