using Tollgate.Accounting.Usage;

namespace Tollgate.Accounting.Stores.Sqlite;

/// <summary>The selects of a sum, from the records and from the rollups.</summary>
/// <param name="query">The sum.</param>
/// <param name="forRecords">The conditions of records, each preceded by AND.</param>
/// <param name="forRollups">The conditions of rollups, each preceded by AND.</param>
internal sealed class TotalsSource(UsageSumQuery query, string forRecords, string forRollups)
{
    /// <summary>True if neither groups nor conditions need the names, so that rollups by slot alone suffice.</summary>
    public bool HasNoNames => query.By.Count == 0 && query.Where.Count == 0;

    /// <summary>A table of ranges to join with, each of which then seeks in the index; empty for none.</summary>
    public string Ranges { get; private init; } = "";

    /// <summary>Selects from a rollup, where a condition on the slot holds.</summary>
    public string Rollup(string table, string when)
    {
        var names = string.Concat(
            query.By.Select(
                static (dimension, index) => $"nullif({SqliteUsageColumns.ColumnFor(dimension)}, '') AS name{index}, "
            )
        );
        return $"SELECT {GetSlot("slot")} AS slot, {names}{TotalsSql.GetSums(query)} FROM {Ranges}{table} WHERE "
            + $"{when}{forRollups}";
    }

    /// <summary>Selects from the records, where a condition on the start holds.</summary>
    public string Records(string when)
    {
        var names = string.Concat(
            query.By.Select(static (dimension, index) => $"{SqliteUsageColumns.ColumnFor(dimension)} AS name{index}, ")
        );
        return $"SELECT {GetSlot(TotalsSql.SlotOfRecord)} AS slot, {names}{TotalsSql.GetSumsOfRecord(query)} "
            + $"FROM {Ranges}usage WHERE {when}{forRecords}";
    }

    /// <summary>Returns the same selects for ranges of buckets.</summary>
    public TotalsSource Within(string ranges) => new(query, forRecords, forRollups) { Ranges = ranges };

    private string GetSlot(string expression) =>
        Ranges.Length > 0 ? "step"
        : query.BySlot ? expression
        : "NULL";
}
