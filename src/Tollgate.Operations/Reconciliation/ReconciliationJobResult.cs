namespace Tollgate.Operations.Reconciliation;

/// <summary>The outcome of a comparison in the background.</summary>
/// <param name="IsMatch">True if all cells match.</param>
/// <param name="Comparison">The comparison.</param>
public sealed record ReconciliationJobResult(bool IsMatch, ReconciliationResult Comparison)
{
    /// <summary>The number of corrections that were recorded; null if none were requested.</summary>
    public int? Corrections { get; init; }

    /// <summary>
    /// The number of differences that were not corrected, because the provider's report of the day is not final; null
    /// if no corrections were requested.
    /// </summary>
    public int? NotFinal { get; init; }
}
