namespace Tollgate.Client.Simulations;

/// <summary>A simulation to be compared, or from which a plan is to be recommended.</summary>
/// <param name="SimulationId">The simulation.</param>
/// <param name="UserProfile">The customer; null to compare.</param>
internal sealed record OptimizeRequest(string SimulationId, UserProfile? UserProfile = null);

/// <summary>A result that is not done: the id of its kind.</summary>
internal sealed record PendingResult
{
    public Guid? SimulationId { get; init; }

    public Guid? AnalysisId { get; init; }

    public Guid? CollectionId { get; init; }

    public Guid Id => SimulationId ?? AnalysisId ?? CollectionId ?? default;
}
