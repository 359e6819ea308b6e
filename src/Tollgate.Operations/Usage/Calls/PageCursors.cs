namespace Tollgate.Operations.Usage.Calls;

/// <summary>The neighbors of a page.</summary>
/// <param name="Size">The number of records on the page.</param>
/// <param name="Next">The cursor of the next page; null on the last one.</param>
/// <param name="Previous">The cursor of the previous page; null on the first one.</param>
public sealed record PageCursors(int Size, string? Next, string? Previous);
