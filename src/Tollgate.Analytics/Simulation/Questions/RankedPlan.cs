namespace Tollgate.Analytics.Simulation.Questions;

/// <summary>A plan as ranked for a profile. Amounts are US dollars per month.</summary>
/// <param name="Plan">The plan's name.</param>
/// <param name="Score">The mean charge plus the price of its risk; lower is better.</param>
/// <param name="Mean">The mean charge.</param>
/// <param name="RiskPremium">The part of the score that is the price of risk.</param>
/// <param name="Variance">The variance of the charge.</param>
/// <param name="P95">Percentile 95 of the charge.</param>
/// <param name="IsWithinBudget">True if the mean charge is within the budget; true without a budget.</param>
/// <param name="ProbabilityOverBudget">
/// The share of the months that exceed the budget, to a percent; null without a budget.
/// </param>
/// <param name="RefusedShare">The share of all tokens that the plan would refuse.</param>
public sealed record RankedPlan(
    string Plan,
    double Score,
    double Mean,
    double RiskPremium,
    double Variance,
    double P95,
    bool IsWithinBudget,
    double? ProbabilityOverBudget,
    double RefusedShare
);
