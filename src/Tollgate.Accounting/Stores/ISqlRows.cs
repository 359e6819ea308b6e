namespace Tollgate.Accounting.Stores;

/// <summary>Takes the rows of a statement one by one, so that nobody has to hold them all.</summary>
public interface ISqlRows
{
    /// <summary>The names of the columns, once, before any row.</summary>
    void Begin(IReadOnlyList<string> columns);

    /// <summary>
    /// One row, its values being null, long, decimal, double, string or byte[]. False: no more are wanted, and the
    /// statement is stopped.
    /// </summary>
    bool Add(IReadOnlyList<object?> row);
}
