namespace Tollgate.Accounting.Stores.Sql;

/// <summary>The differences between database servers in the queries of usage.</summary>
public abstract class SqlQuerySyntax : ColumnReader
{
    /// <summary>Returns the quarter hour that contains a time.</summary>
    public abstract string SlotExpression(string time);

    /// <summary>Returns the day (UTC) that contains a slot.</summary>
    public abstract string DayExpression(string slot);

    /// <summary>
    /// Returns the condition that a column contains a text, whose ASCII letters match in either case.
    /// </summary>
    /// <param name="column">The column.</param>
    /// <param name="text">The placeholder of the text, whose ASCII letters are in lower case.</param>
    public abstract string ContainsExpression(string column, string text);

    /// <summary>
    /// Returns the tables of a FROM clause that has each row of a table once for each range that contains it, and the
    /// number, sign and length of the range as <c>step</c>, <c>sign</c> and <c>length</c>; the conditions may use the
    /// latter. Each range must seek in the index of the table: a server that reads the whole table, and compares each
    /// row with all ranges, takes a hundred times as long.
    /// </summary>
    /// <param name="ranges">The ranges, at least one.</param>
    /// <param name="table">The table.</param>
    /// <param name="time">The column of the table that is within a range.</param>
    /// <param name="conditions">More conditions on the table, each preceded by AND.</param>
    /// <param name="bounds">The bounds of the column, as expressions of <c>range_from</c> and <c>range_to</c>; null for
    /// these.</param>
    public abstract string BuildRanges(
        IReadOnlyList<StepRange> ranges,
        string table,
        string time,
        string conditions,
        (string From, string To)? bounds = null
    );
}
