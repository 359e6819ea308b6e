namespace Tollgate.Analytics.Plans;

/// <summary>
/// A plan prepared for a workload. Used by several threads at once, so it has no state between calls.
/// </summary>
public interface IPlanPricing
{
    /// <summary>The number of values that an account carries from one month to the next. They start at 0.</summary>
    int CarriedValues => 0;

    /// <summary>
    /// Computes the charge for a month. Months of an account come in order, with the numbers that it carries.
    /// </summary>
    MonthCharge Charge(in UsageMonth usage, Span<double> carried);
}
