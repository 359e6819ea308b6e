using Tollgate.Accounting.Usage;
using Tollgate.Operations.Usage.Scopes;

namespace Tollgate.Operations.Usage.Calls;

/// <summary>Requests one page of records.</summary>
/// <param name="Scope">The usage.</param>
public sealed record CallListRequest(UsageScope Scope)
{
    /// <summary>The maximum number of records on a page.</summary>
    public const int MaxLimit = 500;

    /// <summary>
    /// The order. By start, a page is found by an index, however deep it is. By cost, duration or tokens, all records
    /// of the range are read, of which there may be at most a million.
    /// </summary>
    public UsageSort Sort { get; init; }

    /// <summary>True for the lowest value or the earliest start first.</summary>
    public bool IsAscending { get; init; }

    /// <summary>The maximum number of records, from 1 to <see cref="MaxLimit"/>.</summary>
    public int Limit { get; init; } = 50;

    /// <summary>The cursor after which the page begins: <see cref="PageCursors.Next"/> of the page before.</summary>
    public string? After { get; init; }

    /// <summary>The cursor before which the page ends: <see cref="PageCursors.Previous"/> of the page after.</summary>
    public string? Before { get; init; }

    /// <summary>The direction.</summary>
    internal UsageOrder Order => IsAscending ? UsageOrder.OldestFirst : UsageOrder.NewestFirst;
}
