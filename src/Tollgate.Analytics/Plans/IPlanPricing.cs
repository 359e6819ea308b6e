namespace Tollgate.Analytics.Plans;

/// <summary>
/// A plan made ready for a workload. Several threads use it at once, so it keeps nothing between calls.
/// </summary>
public interface IPlanPricing
{
    /// <summary>How many numbers an account carries from one month to the next. They begin as 0.</summary>
    int CarriedValues => 0;

    /// <summary>The charge for a month. Months of an account come in order, with the numbers that it carries.</summary>
    MonthCharge Charge(in UsageMonth usage, Span<double> carried);
}
