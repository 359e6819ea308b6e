using System.Globalization;
using Tollgate.Accounting.Stores.Sql;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Stores.Sqlite;

/// <summary>Conditions on the tables of SQLite. Collects the parameters of a statement, each text once.</summary>
internal sealed class SqliteFilterTerms : IFilterSqlTerms
{
    /// <summary>Costs are whole picodollars of 64 bits, so bounds beyond them are moved there.</summary>
    private const decimal MaxUsd = 9_223_372.036854775807m;

    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    public IEnumerable<(string, object?)> Parameters => _texts.Select(static text => (text.Value, (object?)text.Key));

    public string ColumnFor(UsageDimension dimension) => SqliteUsageColumns.ColumnFor(dimension);

    public string Text(string value)
    {
        if (!_texts.TryGetValue(value, out var name))
            _texts.Add(value, name = $"$where{_texts.Count}");
        return name;
    }

    public string Id(Guid value) => $"X'{Convert.ToHexString(value.ToByteArray(bigEndian: true))}'";

    public string Cost(Money value) =>
        Money.Round(Math.Clamp(value.Usd, -MaxUsd, MaxUsd)).ToPico().ToString(CultureInfo.InvariantCulture);

    public string Contains(string column, string text) =>
        $"instr(lower({column}), {Text(DimensionFilter.FoldCase(text))}) > 0";
}
