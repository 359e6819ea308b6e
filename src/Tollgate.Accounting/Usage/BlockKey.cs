namespace Tollgate.Accounting.Usage;

/// <summary>
/// The key of a rollup by blocks: a number of <see cref="RollupBlocks"/>, a length in hours, a start, and a name.
/// </summary>
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
