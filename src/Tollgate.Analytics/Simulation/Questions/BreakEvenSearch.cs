namespace Tollgate.Analytics.Simulation.Questions;

/// <summary>The volumes at which two plans charge the same.</summary>
/// <param name="Plan">The first plan.</param>
/// <param name="OtherPlan">The second plan.</param>
/// <param name="Points">The crossings, in ascending order.</param>
/// <param name="SearchedTo">
/// The highest volume that was compared, as a factor on the scenario's usage. There may be more crossings above it.
/// </param>
/// <param name="IsComplete">True if the whole range was searched; false if canceled.</param>
public sealed record BreakEvenSearch(
    string Plan,
    string OtherPlan,
    IReadOnlyList<BreakEvenPoint> Points,
    double SearchedTo,
    bool IsComplete
);
