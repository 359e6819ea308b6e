namespace Tollgate.Accounting.Ledger.Stores;

/// <summary>A store that answers its users' own SQL, over the view <c>accounting_entries</c> and its tables.</summary>
public interface ISqlLedgerStore : ILedgerStore
{
    /// <summary>
    /// Runs one statement that reads. That it cannot write is the database's own doing (a read-only transaction or
    /// connection), not a reading of the text, so that <c>WITH</c> works and a second statement does not.
    /// </summary>
    /// <param name="sql">One statement.</param>
    /// <param name="timeout">After this long the statement is stopped by the database.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="LedgerSqlException">The database refuses the statement; the message is the database's.</exception>
    Task<SqlAnswer> SelectAsync(string sql, TimeSpan timeout, CancellationToken cancellation = default);
}

/// <summary>The rows that a statement gives.</summary>
/// <param name="Columns">The names, in the statement's order.</param>
/// <param name="Rows">The values of each row: null, long, decimal, double, string or byte[].</param>
public sealed record SqlAnswer(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows);

/// <summary>A user's statement that the database refuses: it is wrong, it would write, or it took too long.</summary>
public sealed class LedgerSqlException(string message, Exception? inner) : Exception(message, inner);
