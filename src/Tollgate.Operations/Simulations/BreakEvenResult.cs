using Tollgate.Analytics.Simulation.Questions;

namespace Tollgate.Operations.Simulations;

/// <summary>The volumes at which plans charge the same as the baseline.</summary>
/// <param name="Baseline">The baseline.</param>
/// <param name="Searches">One search for each plan; after a cancellation, those that were started.</param>
/// <param name="Total">The number of plans.</param>
public sealed record BreakEvenResult(string Baseline, IReadOnlyList<BreakEvenSearch> Searches, int Total)
{
    /// <summary>The number of completed searches.</summary>
    public int Completed => Searches.Count(static search => search.IsComplete);

    /// <summary>True if every plan was searched.</summary>
    public bool IsComplete => Completed >= Total;
}

/// <summary>The effect of varied numbers.</summary>
/// <param name="Axes">The numbers and their values.</param>
/// <param name="Points">The result of each combination; after a cancellation, of those that were simulated.</param>
/// <param name="Total">The number of combinations.</param>
public sealed record SensitivityResult(
    IReadOnlyList<SensitivityAxis> Axes,
    IReadOnlyList<SensitivityPoint> Points,
    long Total
)
{
    /// <summary>True if every combination was simulated.</summary>
    public bool IsComplete => Points.Count >= Total;
}

/// <summary>The effect of each number on the mean charge of a plan.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Share">The share by which each number was lowered and raised.</param>
/// <param name="Bars">The effects, widest swing first; after a cancellation, of those that were simulated.</param>
/// <param name="Total">The number of varied numbers.</param>
/// <param name="Skipped">Why other numbers were not varied.</param>
public sealed record TornadoResult(
    string Plan,
    double Share,
    IReadOnlyList<TornadoBar> Bars,
    int Total,
    IReadOnlyList<string> Skipped
)
{
    /// <summary>True if every number was varied.</summary>
    public bool IsComplete => Bars.Count >= Total;
}
