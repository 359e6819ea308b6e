namespace Tollgate.Analytics.Flows;

/// <summary>The sizes of the blocks that are read.</summary>
/// <param name="Capacity">The maximum number of bytes in a record, its line end included.</param>
/// <param name="ReadSize">
/// The number of bytes read at a time: small enough to stay in the core's own cache while they are processed.
/// </param>
internal sealed record BlockSizes(int Capacity, int ReadSize)
{
    public static BlockSizes Usual { get; } = new(1 << 20, 256 << 10);
}
