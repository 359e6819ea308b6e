using Tollgate.Accounting.MySql.Connections;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Stores.Sql;

namespace Tollgate.Accounting.MySql.Ledger;

/// <summary>Finds out whether the kept sums agree with one another and with the records, and puts them right.</summary>
internal sealed class MySqlRollupVerifier(MySqlDatabase database)
{
    private static readonly UsageColumnSql Columns = MySqlDialect.Instance.Columns;

    private static readonly RollupVerifier Sums = new(MySqlDialect.Instance, Add);

    public async Task<IReadOnlyList<RollupVerification>> CheckAsync(bool repair, CancellationToken cancellationToken) =>
        await database.RunAsync(
            async connection =>
            {
                if (!repair)
                    return await Sums.CheckAsync(connection, cancellationToken);
                // Two that repair at once would both add what is missing.
                await MySqlSchemaLock.TakeAsync(connection, cancellationToken);
                try
                {
                    var found = await Sums.CheckAsync(connection, cancellationToken);
                    if (found.Exists(static check => check.IncorrectRows > 0))
                        await RepairAsync(cancellationToken);
                    return found;
                }
                finally
                {
                    await MySqlSchemaLock.ReleaseAsync(connection);
                }
            },
            cancellationToken
        );

    /// <summary>
    /// READ COMMITTED: a statement's difference is of one snapshot, and it locks only the rows that it adds to.
    /// </summary>
    private Task<bool> RepairAsync(CancellationToken cancellationToken) =>
        database.RunTransactionAsync(
            async connection =>
            {
                await Sums.RepairAsync(connection, cancellationToken);
                return true;
            },
            cancellationToken
        );

    private static string Add(RollupTable kept, string wrong)
    {
        var hash = kept.Names.Count > 0 ? $", {NamesHash(kept.Names)} AS names_hash" : "";
        string[] key = kept.Names.Count > 0 ? [kept.Time, "names_hash"] : [kept.Time];
        var columns = UsageColumnSql.Join([.. key, .. kept.Names, .. Columns.Sums]);
        return $"INSERT INTO {kept.Table} ({columns}) {wrong}SELECT {columns} FROM (SELECT wrong.*{hash} FROM wrong) "
            + $"AS named "
            + $"ORDER BY {UsageColumnSql.Join(key)}{BookingBatch.AddOnConflict(kept.Table)}";
    }

    /// <summary>As <see cref="SumKey.NamesHash"/> has it: the lengths are of UTF-16.</summary>
    private static string NamesHash(IEnumerable<string> names) =>
        "UNHEX(SHA2(CONCAT("
        + string.Join(", ", names.Select(static name => $"LENGTH(CONVERT({name} USING utf16)) DIV 2, ':', {name}"))
        + "), 256))";
}
