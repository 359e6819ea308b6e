namespace Tollgate.Analytics.Flows;

/// <summary>The rows that were not counted.</summary>
/// <param name="Count">Their number.</param>
/// <param name="ByReason">Their number, by reason.</param>
/// <param name="First">The first ones.</param>
public sealed record RejectedFlows(
    long Count,
    IReadOnlyDictionary<RejectReason, long> ByReason,
    IReadOnlyList<RejectedRow> First
)
{
    /// <summary>The number of rows that are shown.</summary>
    public const int Shown = 10;
}
