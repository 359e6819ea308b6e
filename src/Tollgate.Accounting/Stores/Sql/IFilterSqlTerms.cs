using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Stores.Sql;

/// <summary>The terms of conditions where databases differ.</summary>
internal interface IFilterSqlTerms
{
    /// <summary>Returns the column of a dimension.</summary>
    string ColumnFor(UsageDimension dimension);

    /// <summary>Adds a parameter and returns its placeholder.</summary>
    string Text(string value);

    /// <summary>Returns an id as a literal or a placeholder.</summary>
    string Id(Guid value);

    /// <summary>Returns a cost as a literal in the unit of the column.</summary>
    string Cost(Money value);

    /// <summary>
    /// Returns the condition that a column contains a text, whose ASCII letters match in either case.
    /// </summary>
    string Contains(string column, string text);
}
