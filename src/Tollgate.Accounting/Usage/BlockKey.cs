
namespace Tollgate.Accounting.Usage;

/// <summary>The key of a rollup by <see cref="RollupBlocks"/>: number, length, start, and name.</summary>
internal readonly record struct BlockKey(int Dimension, int Hours, long Slot, string Name)
{
    /// <summary>Returns the longer block that contains this one.</summary>
    public BlockKey In(int hours) =>
        this with
        {
            Hours = hours,
            Slot = RollupKey.Floor(Slot, hours * RollupKey.HourMicros),
        };
}
