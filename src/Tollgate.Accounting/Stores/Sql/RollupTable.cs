namespace Tollgate.Accounting.Stores.Sql;

/// <summary>A rollup table.</summary>
/// <param name="Kind">The kind of rollup.</param>
/// <param name="Table">The name of the table.</param>
/// <param name="Time">The column of the slot or day.</param>
/// <param name="Names">The other key columns.</param>
/// <param name="Source">A SELECT of its source: the time, the names and the sums, in any number of rows.</param>
/// <param name="IsFromRecords">True if the source is the records, some of which may be purged.</param>
public sealed record RollupTable(
    RollupKind Kind,
    string Table,
    string Time,
    IReadOnlyList<string> Names,
    string Source,
    bool IsFromRecords = false
);

/// <summary>The SQL terms of a database for sums.</summary>
/// <param name="Sums">The sum columns; those of a cost begin with that word.</param>
/// <param name="Total">The sum of a column over many rows.</param>
/// <param name="IsWrong">The condition that a difference is not zero.</param>
/// <param name="Add">Returns the statement that adds the rows of <c>wrong</c> to a table, from that table and the WITH
/// that defines them.</param>
public sealed record RollupSqlTerms(
    IReadOnlyList<string> Sums,
    Func<string, string> Total,
    string IsWrong,
    Func<RollupTable, string, string> Add
)
{
    /// <summary>For databases where each column is a separate sum.</summary>
    public static string IsAnyWrong(IEnumerable<string> sums) =>
        string.Join(" OR ", sums.Select(static sum => $"{sum} <> 0"));
}
