namespace Tollgate.Accounting.Stores;

/// <summary>Receives the rows of a statement one by one, so that they need not all be in memory.</summary>
public interface ISqlRowReceiver
{
    /// <summary>Receives the names of the columns, once, before any row.</summary>
    void Begin(IReadOnlyList<string> columns);

    /// <summary>
    /// Receives one row, with values of null, long, decimal, double, string or byte[]. Returns false to stop the
    /// statement.
    /// </summary>
    bool Add(IReadOnlyList<object?> row);
}
