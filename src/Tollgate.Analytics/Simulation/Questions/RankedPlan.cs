namespace Tollgate.Analytics.Simulation.Questions;

/// <summary>A plan as a profile sees it. Amounts are US dollars a month.</summary>
/// <param name="Plan">The plan's name.</param>
/// <param name="Score">The mean charge plus the price of its risk; the lower, the better.</param>
/// <param name="Mean">The mean charge.</param>
/// <param name="RiskPremium">The part of the score that is the price of risk.</param>
/// <param name="Variance">The variance of the charge.</param>
/// <param name="P95">The percentile 95 of the charge.</param>
/// <param name="IsWithinBudget">Whether the mean charge is within the budget; true without a budget.</param>
/// <param name="ProbabilityOverBudget">The share of the months that go over the budget, to a percent; null without a
/// budget.</param>
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
