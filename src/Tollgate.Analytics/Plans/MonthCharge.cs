namespace Tollgate.Analytics.Plans;

/// <summary>A plan's charge for one account's month.</summary>
/// <param name="Amount">In US dollars.</param>
/// <param name="RefusedTokens">
/// Tokens that the plan did not serve. A plan that refuses work is cheap for that reason, so this is reported.
/// </param>
public readonly record struct MonthCharge(double Amount, double RefusedTokens = 0);
