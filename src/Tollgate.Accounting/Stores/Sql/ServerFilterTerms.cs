using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Stores.Sql;

/// <summary>Conditions on the tables of a server.</summary>
internal sealed class ServerFilterTerms(SqlDialect dialect, SqlParameters parameters) : IFilterSqlTerms
{
    public string ColumnFor(UsageDimension dimension) => UsageColumnSql.ColumnFor(dimension);

    public string Text(string value) => parameters.Text(value);

    public string Id(Guid value) => parameters.Id(value);

    public string Cost(Money value) => value.ToString();

    public string Contains(string column, string text) =>
        dialect.ContainsExpression(column, parameters.Text(DimensionFilter.FoldCase(text)));
}
