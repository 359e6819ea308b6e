using System.Runtime.CompilerServices;
using Parquet;
using Parquet.Meta;

namespace Tollgate.Operations.ImportExport.ParquetFiles;

/// <summary>
/// The smallest and largest value of a column in the metadata of its row group, by which readers skip row groups.
/// </summary>
internal static class ColumnRange
{
    /// <summary>Replaces the range of the column that was written last.</summary>
    /// <param name="group">The row group.</param>
    /// <param name="min">The smallest value, encoded as in the column; null for no range.</param>
    /// <param name="max">The largest value; null for no range.</param>
    public static void Replace(ParquetRowGroupWriter group, byte[]? min, byte[]? max)
    {
        if (GetMetadata(group).Columns[^1].MetaData?.Statistics is not { } statistics)
            return;
        (statistics.Min, statistics.Max) = (null, null);
        (statistics.MinValue, statistics.MaxValue) = (min, max);
    }

    // The package has no public way to it. The version is exact, and a test reads the ranges back.
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_owGroup")]
    private static extern ref RowGroup GetMetadata(ParquetRowGroupWriter group);
}
