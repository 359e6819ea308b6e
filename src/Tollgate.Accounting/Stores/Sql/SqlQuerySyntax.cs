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
    /// The join of <see cref="RangesSource"/> with a table, where each range seeks in the index of the table.
    /// </summary>
    public virtual string JoinToRanges => "JOIN";

    /// <summary>
    /// Returns a table of a FROM clause with the columns <c>step</c>, <c>range_from</c> and <c>range_to</c>, the last
    /// two of which compare with stored times.
    /// </summary>
    /// <param name="ranges">The rows, at least one.</param>
    public abstract string RangesSource(IReadOnlyList<StepRange> ranges);
}
