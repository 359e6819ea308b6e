namespace Tollgate.Analytics.Flows;

/// <summary>The flows of one group.</summary>
/// <param name="Name">The text of the group's column; empty if flows have none.</param>
/// <param name="Flows">Their number.</param>
/// <param name="PercentileCosts">In USD, one for each requested percentile, in that order.</param>
/// <param name="TotalCost">In USD.</param>
/// <param name="TokensIn">Their input tokens.</param>
/// <param name="TokensOut">Their output tokens.</param>
public sealed record FlowGroup(
    string Name,
    long Flows,
    IReadOnlyList<decimal> PercentileCosts,
    decimal TotalCost,
    TokenAmount TokensIn,
    TokenAmount TokensOut
)
{
    /// <summary>In USD.</summary>
    public decimal MeanCost => TotalCost / Flows;
}
