namespace Tollgate.Client.Simulations;

/// <summary>The profile of a customer who needs a plan.</summary>
public sealed record UserProfile
{
    /// <summary>A predefined profile, which the other values override: startup, enterprise, and others.</summary>
    public string? Name { get; init; }

    /// <summary><c>low</c>, <c>medium</c>, or <c>high</c>; null for medium.</summary>
    public string? RiskTolerance { get; init; }

    /// <summary>Tokens per month, input and output, of all users; null for the simulation's.</summary>
    public double? UsageVolume { get; init; }

    /// <summary>The importance of an even bill, from 0 to 1.</summary>
    public double? PredictabilityPreference { get; init; }

    /// <summary>The mean charge in US dollars per month that must not be exceeded; null for none.</summary>
    public decimal? BudgetConstraint { get; init; }
}
