namespace Tollgate.Accounting.Stores;

/// <summary>A store that runs SQL of its users, over the view <c>accounting_entries</c> and its tables.</summary>
public interface ISqlLedgerStore : ILedgerStore
{
    /// <summary>
    /// Runs one read-only statement. The database itself prevents writes (by a read-only transaction or connection),
    /// not an inspection of the text, so that <c>WITH</c> works and a second statement does not.
    /// </summary>
    /// <param name="sql">One statement.</param>
    /// <param name="timeout">After this time the database stops the statement; the rows received until then are
    /// incomplete.</param>
    /// <param name="rows">Receives the rows one by one: memory does not grow with their number.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="LedgerSqlException">The database rejects the statement; the message is the
    /// database's.</exception>
    Task SelectAsync(string sql, TimeSpan timeout, ISqlRowReceiver rows, CancellationToken cancellationToken = default);
}

/// <summary>A user's statement that the database rejects: it is invalid, it would write, or it took too long.</summary>
public sealed class LedgerSqlException(string message, Exception? inner) : Exception(message, inner);
