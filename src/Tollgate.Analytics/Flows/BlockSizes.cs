namespace Tollgate.Analytics.Flows;

/// <summary>How large the pieces are that are read.</summary>
/// <param name="Capacity">The most bytes that a record may have, its line end included.</param>
/// <param name="ReadSize">What is read at a time: it stays in the core's own cache while it is looked at.</param>
internal sealed record BlockSizes(int Capacity, int ReadSize)
{
    public static BlockSizes Usual { get; } = new(1 << 20, 256 << 10);
}
