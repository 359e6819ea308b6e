namespace Tollgate.Accounting.ImportExport.Tables;

/// <summary>Writes the rows of a table in one file format. One thread at a time.</summary>
public interface IRowWriter
{
    /// <summary>Appends one row.</summary>
    /// <param name="values">One value per column, of the column's type; null if it is absent.</param>
    /// <param name="cancellationToken">Cancels writing; the output is then incomplete.</param>
    Task AddAsync(IReadOnlyList<object?> values, CancellationToken cancellationToken = default);

    /// <summary>Writes the remaining rows and the end of the file, once. The output is incomplete without it.</summary>
    Task CompleteAsync(CancellationToken cancellationToken = default);
}
