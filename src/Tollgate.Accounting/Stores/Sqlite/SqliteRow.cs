using System.Data.Common;
using Microsoft.Data.Sqlite;
using Tollgate.Accounting.Stores.Sql;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Stores.Sqlite;

/// <summary>Rows of SQLite, with costs as whole picodollars.</summary>
internal static class SqliteRow
{
    private static readonly ColumnReader Reading = new PicoColumnReader();

    /// <summary>Returns a cursor over a reader's current row, from a given column.</summary>
    public static RowCursor CreateCursor(this SqliteDataReader reader, int from = 0) => new(reader, Reading, from);

    /// <summary>Reads a group: its slot or the number of its bucket, its names, its sums.</summary>
    public static UsageSum ReadSum(ref this RowCursor row, UsageSumQuery query)
    {
        var slot = query.Edges.Count > 0 ? query.Edges[(int)row.Number()] : row.TimeOrNull();
        var values = new string?[query.By.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = row.TextOrNull();
        var sums = new RollupSums
        {
            Calls = row.Number(),
            Errors = row.Number(),
            Estimated = row.Number(),
            Unpriced = row.Number(),
            CostMicro = row.Number(),
            CostPico = row.Number(),
            Duration = row.Number(),
            Usage = row.ReadUsage(),
        };
        return new UsageSum(slot, values, sums.ToTotals());
    }

    private sealed class PicoColumnReader : ColumnReader
    {
        public override Money ReadCost(DbDataReader reader, int column) => Money.FromPico(reader.GetInt64(column));
    }
}
