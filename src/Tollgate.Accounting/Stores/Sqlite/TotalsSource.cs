using Tollgate.Accounting.Stores.Sql;
using Tollgate.Accounting.Usage;

namespace Tollgate.Accounting.Stores.Sqlite;

/// <summary>The selects of a sum, from the records and from the rollups.</summary>
/// <param name="query">The sum.</param>
/// <param name="terms">The terms of its conditions.</param>
internal sealed class TotalsSource(UsageSumQuery query, SqliteFilterTerms terms)
{
    /// <summary>True if neither groups nor conditions need the names, so that rollups by slot alone suffice.</summary>
    public bool HasNoNames => query.By.Count == 0 && query.Where.Count == 0;

    /// <summary>A table of ranges to join with, each of which then seeks in the index; empty for none.</summary>
    public string Ranges { get; private init; } = "";

    /// <summary>Selects from a rollup, where a condition on the slot holds.</summary>
    /// <param name="table">The rollup.</param>
    /// <param name="when">The condition.</param>
    /// <param name="isBlocks">True if it has the values of one dimension in one column.</param>
    public string Rollup(string table, string when, bool isBlocks = false)
    {
        IFilterSqlTerms columns = isBlocks ? new BlockFilterTerms(terms) : terms;
        var names = string.Concat(
            query.By.Select((dimension, index) => $"nullif({columns.ColumnFor(dimension)}, '') AS name{index}, ")
        );
        var sums = Ranges.Length == 0 ? TotalsSql.GetSums(query) : TotalsSql.GetSignedSums(query);
        return $"SELECT {GetSlot("slot")} AS slot, {names}{sums} FROM {Ranges}{table} WHERE {when}"
            + FilterSqlBuilder.BuildForRollups(query.Where, columns);
    }

    /// <summary>Selects from the records, where a condition on the start holds.</summary>
    public string Records(string when)
    {
        var names = string.Concat(
            query.By.Select(static (dimension, index) => $"{SqliteUsageColumns.ColumnFor(dimension)} AS name{index}, ")
        );
        return $"SELECT {GetSlot(TotalsSql.SlotOfRecord)} AS slot, {names}{TotalsSql.GetSumsOfRecord(query)} "
            + $"FROM {Ranges}usage WHERE {when}{FilterSqlBuilder.BuildForRecords(query.Where, terms)}";
    }

    /// <summary>Returns the same selects for ranges of buckets.</summary>
    public TotalsSource Within(string ranges) => new(query, terms) { Ranges = ranges };

    private string GetSlot(string expression) =>
        query.Edges.Count > 0 ? "step"
        : query.BySlot ? expression
        : "NULL";
}
