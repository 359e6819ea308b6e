namespace Tollgate.Accounting.Stores;

/// <summary>The result of a statement.</summary>
/// <param name="Columns">The names, in the statement's order.</param>
/// <param name="Rows">The values of each row: null, long, decimal, double, string or byte[].</param>
public sealed record SqlResult(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows);

/// <summary>Returns all rows at once, for small results.</summary>
public static class SqlLedgerStoreExtensions
{
    /// <summary>Runs one read-only statement, and keeps all its rows in memory.</summary>
    /// <inheritdoc cref="ISqlLedgerStore.SelectAsync"/>
    public static async Task<SqlResult> SelectAsync(
        this ISqlLedgerStore store,
        string sql,
        TimeSpan timeout,
        CancellationToken cancellationToken = default
    )
    {
        var all = new SqlResultBuilder();
        await store.SelectAsync(sql, timeout, all, cancellationToken);
        return new SqlResult(all.Columns, all.Rows);
    }

    private sealed class SqlResultBuilder : ISqlRowReceiver
    {
        public List<IReadOnlyList<object?>> Rows { get; } = [];

        public IReadOnlyList<string> Columns { get; private set; } = [];

        public void Begin(IReadOnlyList<string> columns) => Columns = columns;

        public bool Add(IReadOnlyList<object?> row)
        {
            Rows.Add(row);
            return true;
        }
    }
}
