using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Stores.Sql;

/// <summary>Conditions on blocks, which have the values of one dimension in one column.</summary>
internal sealed class BlockFilterTerms(IFilterSqlTerms terms) : IFilterSqlTerms
{
    /// <summary>The column of the values.</summary>
    public const string Column = "name";

    public string ColumnFor(UsageDimension dimension) => Column;

    public string Text(string value) => terms.Text(value);

    public string Id(Guid value) => terms.Id(value);

    public string Cost(Money value) => terms.Cost(value);

    public string Contains(string column, string text) => terms.Contains(column, text);
}
