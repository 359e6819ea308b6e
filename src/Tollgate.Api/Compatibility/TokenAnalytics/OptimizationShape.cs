using System.Text.Json.Serialization;
using Tollgate.Analytics.Simulation.Questions;

namespace Tollgate.Api.Compatibility.TokenAnalytics;

/// <summary>A simulation from which a plan is to be recommended.</summary>
internal sealed record OptimizeBody
{
    /// <summary>The simulation_id of a response of POST /simulation.</summary>
    public required string SimulationId { get; init; }

    /// <summary>The customer; absent for medium risk at the volume of the simulation.</summary>
    public UserProfileShape? UserProfile { get; init; }
}

/// <summary>The profile of a customer.</summary>
internal sealed record UserProfileShape
{
    /// <summary>A predefined profile, which the other fields override: startup, enterprise, and others.</summary>
    public string? Name { get; init; }

    /// <summary>The importance of a bad month.</summary>
    public RiskTolerance? RiskTolerance { get; init; }

    /// <summary>Tokens per month, input and output, of all users; absent for the simulation's.</summary>
    public double? UsageVolume { get; init; }

    /// <summary>The importance of an even bill, from 0 to 1.</summary>
    public double? PredictabilityPreference { get; init; }

    /// <summary>The mean charge in US dollars per month that must not be exceeded; absent for none.</summary>
    public decimal? BudgetConstraint { get; init; }
}

/// <summary>The recommended plan.</summary>
internal sealed record OptimizationShape
{
    /// <summary>True.</summary>
    public required bool Success { get; init; }

    /// <summary>The plan with the lowest score within the budget; null if none is within it.</summary>
    public required string? RecommendedMechanism { get; init; }

    /// <summary>Its mean charge in US dollars per month.</summary>
    [JsonPropertyName("expected_cost")]
    public required double? Mean { get; init; }

    /// <summary>The variance of its charge.</summary>
    [JsonPropertyName("cost_variance")]
    public required double? Variance { get; init; }

    /// <summary>Percentile 95 of its charge.</summary>
    [JsonPropertyName("p95_cost")]
    public required double? P95 { get; init; }

    /// <summary>The profile, with the values that were not sent.</summary>
    public required UserProfileShape UserProfile { get; init; }

    /// <summary>The reasons, in words.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }

    /// <summary>All plans: those within the budget first, the lowest score first.</summary>
    public required IReadOnlyList<RankedPlan> Ranking { get; init; }

    public static OptimizationShape Create(Recommendation advice)
    {
        var best = advice.Ranking.FirstOrDefault(plan => plan.Plan == advice.Plan);
        return new OptimizationShape
        {
            Success = true,
            RecommendedMechanism = advice.Plan,
            Mean = best?.Mean,
            Variance = best?.Variance,
            P95 = best?.P95,
            UserProfile = new UserProfileShape
            {
                Name = advice.Profile.Name.Length == 0 ? null : advice.Profile.Name,
                RiskTolerance = advice.Profile.RiskTolerance,
                UsageVolume = advice.Profile.UsageVolume,
                PredictabilityPreference = advice.Profile.PredictabilityPreference,
                BudgetConstraint = advice.Profile.Budget,
            },
            Reasons = advice.Reasons,
            Ranking = advice.Ranking,
        };
    }
}
