namespace Tollgate.Analytics.Flows;

/// <summary>The rows that were not counted.</summary>
/// <param name="Count">Their number.</param>
/// <param name="ByReason">Their number for each reason that occurred.</param>
/// <param name="First">The first ones.</param>
public sealed record RejectedFlows(
    long Count,
    IReadOnlyDictionary<RejectReason, long> ByReason,
    IReadOnlyList<RejectedRow> First
)
{
    /// <summary>How many rows are shown.</summary>
    public const int Shown = 10;
}
