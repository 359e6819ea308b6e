namespace Tollgate.Analytics.Workloads;

/// <summary>A model's share of the workload.</summary>
/// <param name="Model">The model's name, for which plans may have rates.</param>
/// <param name="Share">Its share of the tokens; the shares of a workload add up to 1.</param>
public readonly record struct ModelShare(string Model, double Share);
