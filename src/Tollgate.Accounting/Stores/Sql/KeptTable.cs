namespace Tollgate.Accounting.Stores.Sql;

/// <summary>A table of kept sums.</summary>
/// <param name="Kind">What they are by.</param>
/// <param name="Table">Its name.</param>
/// <param name="Time">Its column of a slot or a day.</param>
/// <param name="Names">Its other columns that the sums are by.</param>
/// <param name="Source">A SELECT of what it is made of: the time, the names and the sums, in any number of
/// rows.</param>
/// <param name="IsOfRecords">Whether that are the records, of which some may be purged.</param>
public sealed record KeptTable(
    KeptSums Kind,
    string Table,
    string Time,
    IReadOnlyList<string> Names,
    string Source,
    bool IsOfRecords = false
);

/// <summary>A database's terms for sums.</summary>
/// <param name="Sums">The columns that are summed; those of a cost begin with that word.</param>
/// <param name="Total">The sum over many rows of a column.</param>
/// <param name="IsWrong">Whether a difference is not nothing.</param>
/// <param name="Add">The statement that adds the rows of <c>wrong</c> to a table, of that table and of the WITH that
/// defines them.</param>
public sealed record SumTerms(
    IReadOnlyList<string> Sums,
    Func<string, string> Total,
    string IsWrong,
    Func<KeptTable, string, string> Add
)
{
    /// <summary>Where each column is a sum of its own.</summary>
    public static string IsAnyWrong(IEnumerable<string> sums) =>
        string.Join(" OR ", sums.Select(static sum => $"{sum} <> 0"));
}
