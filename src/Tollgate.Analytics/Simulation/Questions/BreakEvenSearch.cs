namespace Tollgate.Analytics.Simulation.Questions;

/// <summary>Where two plans charge the same.</summary>
/// <param name="Plan">The one plan.</param>
/// <param name="OtherPlan">The other.</param>
/// <param name="Points">The crossings, upwards.</param>
/// <param name="SearchedTo">The highest volume that was compared, as a factor on the scenario's usage. Beyond it there
/// may be more crossings.</param>
/// <param name="IsComplete">Whether the whole range was searched; false where it was stopped.</param>
public sealed record BreakEvenSearch(
    string Plan,
    string OtherPlan,
    IReadOnlyList<BreakEvenPoint> Points,
    double SearchedTo,
    bool IsComplete
);
