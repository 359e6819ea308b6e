namespace Tollgate.Operations.Reconciliation;

/// <summary>The key of a comparison; null parts mean all days, models or keys.</summary>
/// <param name="Day">The day in UTC.</param>
/// <param name="Model">The model, by the name under which it is priced.</param>
/// <param name="Key">The key or deployment.</param>
public readonly record struct ReconciliationKey(DateOnly? Day, string? Model, string? Key);
