using Tollgate.Analytics.Workloads;

namespace Tollgate.Analytics.Plans;

/// <summary>
/// A way to charge for usage. The built-in ones are data; a custom one is a type that implements this.
/// </summary>
public interface IPricingPlan
{
    /// <summary>The plan's name in reports, unique within the scenario.</summary>
    string Name { get; }

    /// <summary>The accounts whose monthly usage the charge is computed on.</summary>
    ChargeScope ChargedPer { get; }

    /// <summary>Reports what is wrong with the plan, for this workload.</summary>
    void Check(InputValidator check, Workload workload);

    /// <summary>
    /// Computes once what applies to every month of the workload. Called only if there are no problems.
    /// </summary>
    IPlanPricing Prepare(Workload workload);
}
