using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using Tollgate.Analytics.Plans;
using Tollgate.Analytics.Statistics.Dependence;
using Tollgate.Analytics.Statistics.Distributions;
using Tollgate.Analytics.Workloads;

namespace Tollgate.Analytics.Simulation;

/// <summary>
/// The types that a scenario consists of, for readers of files and for parameters by path. A type that is missing here,
/// and is not a plan of the program that uses the library, cannot be accessed by name.
/// </summary>
public static class ScenarioModel
{
    private static readonly FrozenDictionary<Type, RecordModel> Records = new[]
    {
        RecordModel.For<Scenario>(),
        RecordModel.For<Workload>(),
        RecordModel.For<ObservedUsage>(),
        RecordModel.For<WeekProfile>(),
        RecordModel.For<ModelShare>(),
        RecordModel.For<TokenRates>(),
        RecordModel.For<VolumeTier>(),
        RecordModel.For<PlanPart>(),
        RecordModel.For<IPricingPlan>(),
        RecordModel.For<BatchPlan>(),
        RecordModel.For<BundlePlan>(),
        RecordModel.For<CachedPlan>(),
        RecordModel.For<CompositePlan>(),
        RecordModel.For<DynamicPlan>(),
        RecordModel.For<FlatPlan>(),
        RecordModel.For<HybridSeatPlan>(),
        RecordModel.For<OutcomePlan>(),
        RecordModel.For<PerTokenPlan>(),
        RecordModel.For<PrepaidPlan>(),
        RecordModel.For<ProvisionedPlan>(),
        RecordModel.For<TieredPlan>(),
        RecordModel.For<BetaDistribution>(),
        RecordModel.For<BurrXII>(),
        RecordModel.For<Constant>(),
        RecordModel.For<Exponential>(),
        RecordModel.For<GammaDistribution>(),
        RecordModel.For<Lognormal>(),
        RecordModel.For<Normal>(),
        RecordModel.For<Pareto>(),
        RecordModel.For<TruncatedNormal>(),
        RecordModel.For<Weibull>(),
        RecordModel.For<ClaytonCopula>(),
        RecordModel.For<GaussianCopula>(),
        RecordModel.For<GumbelCopula>(),
    }.ToFrozenDictionary(static record => record.Type);

    private static readonly ConcurrentDictionary<Type, RecordModel> CustomPlans = [];

    /// <summary>Returns the model of a type; null if it is not part of a scenario.</summary>
    public static RecordModel? Find(Type type) =>
        Records.GetValueOrDefault(type) ?? (type.IsAssignableTo(typeof(IPricingPlan)) ? FindCustomPlan(type) : null);

    /// <summary>Returns the model of a type.</summary>
    /// <exception cref="ArgumentException">The type is not part of a scenario.</exception>
    public static RecordModel Get(Type type) =>
        Find(type) ?? throw new ArgumentException($"{type} is not a type of a scenario.", nameof(type));

    [UnconditionalSuppressMessage(
        "Trimming",
        "IL2111",
        Justification = "A program with plans of its own that is trimmed must keep their members itself."
    )]
    private static RecordModel FindCustomPlan(Type plan) => CustomPlans.GetOrAdd(plan, RecordModel.ForCustomPlan);

    /// <summary>Creates an array of numbers or records.</summary>
    /// <exception cref="ArgumentException">The type is not part of a scenario.</exception>
    public static Array CreateArray(Type element, int length) =>
        element == typeof(double) ? new double[length] : Get(element).CreateArray(length);
}
