namespace Tollgate.Accounting.Stores;

/// <summary>The result of a statement.</summary>
/// <param name="Columns">The names, in the statement's order.</param>
/// <param name="Rows">The values of each row: null, long, decimal, double, string or byte[].</param>
public sealed record SqlAnswer(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows);

/// <summary>Returns all rows at once, for small results.</summary>
public static class SqlAnswers
{
    /// <summary>Runs one read-only statement, and keeps all its rows in memory.</summary>
    /// <inheritdoc cref="ISqlLedgerStore.SelectAsync"/>
    public static async Task<SqlAnswer> SelectAsync(
        this ISqlLedgerStore store,
        string sql,
        TimeSpan timeout,
        CancellationToken cancellation = default
    )
    {
        var all = new AllRows();
        await store.SelectAsync(sql, timeout, all, cancellation);
        return new SqlAnswer(all.Columns, all.Rows);
    }

    private sealed class AllRows : ISqlRows
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
