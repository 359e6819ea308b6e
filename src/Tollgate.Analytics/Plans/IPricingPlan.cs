using Tollgate.Analytics.Workloads;

namespace Tollgate.Analytics.Plans;

/// <summary>A way to charge for usage. Those here are data; one's own is a type that implements this.</summary>
public interface IPricingPlan
{
    /// <summary>The plan's name in reports, unlike that of every other plan of the scenario.</summary>
    string Name { get; }

    /// <summary>Whose usage of a month the charge is worked out on.</summary>
    ChargeScope ChargedPer { get; }

    /// <summary>Tells what is wrong with the plan, for this workload.</summary>
    void Check(InputCheck check, Workload workload);

    /// <summary>
    /// Works out once what holds for every month of the workload. Called only where nothing was wrong.
    /// </summary>
    IPlanPricing Prepare(Workload workload);
}
