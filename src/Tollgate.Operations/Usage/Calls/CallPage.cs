using Tollgate.Operations.Usage.Scopes;

namespace Tollgate.Operations.Usage.Calls;

/// <summary>One page of records. There is no total count: a summary of the same scope has it.</summary>
public sealed record CallPage
{
    /// <summary>The range.</summary>
    public required RangeDetails Range { get; init; }

    /// <summary>The currency of all costs.</summary>
    public string Currency { get; init; } = "USD";

    /// <summary>The records, in the requested order.</summary>
    public required IReadOnlyList<CallEntry> Data { get; init; }

    /// <summary>The neighbors of the page.</summary>
    public required PageCursors Page { get; init; }

    /// <summary>
    /// True if the search for matching records stopped after half a million others, so that the page may have fewer
    /// records than requested, even none. The next page continues the search.
    /// </summary>
    public required bool IsCapped { get; init; }

    /// <summary>The number of records on the page without a price.</summary>
    public required int Unpriced { get; init; }

    /// <summary>The number of records on the page whose usage is estimated.</summary>
    public required int Estimated { get; init; }
}
