namespace Tollgate.Analytics.Simulation.Questions;

/// <summary>The plan that suits a profile.</summary>
/// <param name="Plan">The plan with the lowest score within the budget; null if none is within it.</param>
/// <param name="Ranking">All plans: those within the budget first, the lowest score first.</param>
/// <param name="Reasons">The reasons, in words.</param>
/// <param name="Profile">The profile.</param>
public sealed record Recommendation(
    string? Plan,
    IReadOnlyList<RankedPlan> Ranking,
    IReadOnlyList<string> Reasons,
    UserProfile Profile
)
{
    /// <summary>The number of trials that it is based on.</summary>
    public required int Trials { get; init; }

    /// <summary>True if those are all requested trials; false if the simulation was canceled.</summary>
    public required bool IsComplete { get; init; }
}
