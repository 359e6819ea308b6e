namespace Tollgate.Analytics.Simulation.Questions;

/// <summary>Which plan suits a profile.</summary>
/// <param name="Plan">The plan with the lowest score within the budget; null where none is within it.</param>
/// <param name="Ranking">All plans: those within the budget first, the lowest score first.</param>
/// <param name="Reasons">Why, in words.</param>
/// <param name="Profile">The profile.</param>
public sealed record Recommendation(
    string? Plan,
    IReadOnlyList<RankedPlan> Ranking,
    IReadOnlyList<string> Reasons,
    UserProfile Profile
)
{
    /// <summary>The trials that it goes by.</summary>
    public required int Trials { get; init; }

    /// <summary>Whether those are all that were to be done; false where the simulation was stopped.</summary>
    public required bool IsComplete { get; init; }
}
