using System.Text.Json.Serialization;

namespace Tollgate.Client.Simulations;

/// <summary>The plans of a simulation, the cheapest first.</summary>
public sealed record Comparison
{
    /// <summary>The plan that the others are compared with.</summary>
    public string Baseline { get; init; } = "";

    /// <summary>The plans.</summary>
    [JsonPropertyName("comparison")]
    public IReadOnlyList<ComparedPlan> Plans { get; init; } = [];
}

/// <summary>A plan compared with the baseline on the same draws, in US dollars per month.</summary>
public sealed record ComparedPlan
{
    /// <summary>The plan.</summary>
    public string Mechanism { get; init; } = "";

    /// <summary>Its place by the mean charge, from 1.</summary>
    public int Rank { get; init; }

    /// <summary>The mean charge.</summary>
    public double Mean { get; init; }

    /// <summary>Percentile 95 of the charge.</summary>
    public double P95 { get; init; }

    /// <summary>The mean charge minus the baseline's; null for the baseline.</summary>
    public double? MeanDifference { get; init; }

    /// <summary>The share of the trials in which it charges less than the baseline; null for the baseline.</summary>
    public double? ProbabilityCheaper { get; init; }
}
