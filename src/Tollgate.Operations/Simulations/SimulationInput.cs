using Tollgate.Analytics.Simulation;

namespace Tollgate.Operations.Simulations;

/// <summary>A scenario that was read.</summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="Source">Its file, or a description.</param>
/// <param name="Notes">Notes on the source of its usage.</param>
public sealed record SimulationInput(Scenario Scenario, string Source, IReadOnlyList<string> Notes);
