namespace Tollgate.Accounting.Stores;

/// <summary>A store that answers its users' own SQL, over the view <c>accounting_entries</c> and its tables.</summary>
public interface ISqlLedgerStore : ILedgerStore
{
    /// <summary>
    /// Runs one statement that reads. That it cannot write is the database's own doing (a read-only transaction or
    /// connection), not a reading of the text, so that <c>WITH</c> works and a second statement does not.
    /// </summary>
    /// <param name="sql">One statement.</param>
    /// <param name="timeout">After this long the statement is stopped by the database; what was given until then was
    /// not all.</param>
    /// <param name="rows">Takes the rows as they come: memory does not grow with their number.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="LedgerSqlException">The database refuses the statement; the message is the
    /// database's.</exception>
    Task SelectAsync(string sql, TimeSpan timeout, ISqlRows rows, CancellationToken cancellation = default);
}

/// <summary>A user's statement that the database refuses: it is wrong, it would write, or it took too long.</summary>
public sealed class LedgerSqlException(string message, Exception? inner) : Exception(message, inner);
