using System.Text.Json.Serialization;

namespace Tollgate.Client.Simulations;

/// <summary>The plan that suits a profile.</summary>
public sealed record Recommendation
{
    /// <summary>The plan; null if none is within the budget.</summary>
    public string? RecommendedMechanism { get; init; }

    /// <summary>Its mean charge in US dollars per month, as simulated.</summary>
    [JsonPropertyName("expected_cost")]
    public double? Mean { get; init; }

    /// <summary>The variance of its charge.</summary>
    [JsonPropertyName("cost_variance")]
    public double? Variance { get; init; }

    /// <summary>Percentile 95 of its charge.</summary>
    [JsonPropertyName("p95_cost")]
    public double? P95 { get; init; }

    /// <summary>The profile, with the values that were not sent.</summary>
    public UserProfile UserProfile { get; init; } = new();

    /// <summary>The reasons, in words.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];
}
