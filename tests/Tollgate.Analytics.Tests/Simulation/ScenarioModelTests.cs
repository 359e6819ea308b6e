using System.Collections;
using Tollgate.Analytics.Plans;
using Tollgate.Analytics.Simulation;
using Tollgate.Analytics.Statistics.Dependence;
using Tollgate.Analytics.Statistics.Distributions;
using Tollgate.Analytics.Workloads;

namespace Tollgate.Analytics.Tests.Simulation;

public sealed class ScenarioModelTests
{
    /// <summary>A type that is missing in the model would work here, and fail in a natively compiled program.</summary>
    [Fact]
    public void All_types_that_a_scenario_can_contain_are_in_the_model()
    {
        var found = new HashSet<Type>();
        Collect(typeof(Scenario), found);

        found.Count.ShouldBeGreaterThan(30);
        found.Where(static type => ScenarioModel.Find(type) is null).ShouldBeEmpty();
        foreach (var type in found)
            ScenarioModel.CreateArray(type, 2).ShouldBeAssignableTo(type.MakeArrayType());
    }

    [Fact]
    public void A_plan_of_the_program_itself_is_found_too() =>
        ScenarioModel.Find(typeof(OwnPlan))!.Find("fee")!.Name.ShouldBe(nameof(OwnPlan.Fee));

    [Fact]
    public void Another_type_is_not_found() => ScenarioModel.Find(typeof(Uri)).ShouldBeNull();

    private static void Collect(Type type, HashSet<Type> found)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsPrimitive || type.IsEnum || type == typeof(string) || type == typeof(decimal))
            return;
        if (type.IsArray || (type.IsGenericType && type.IsAssignableTo(typeof(IEnumerable))))
        {
            Collect(type.IsArray ? type.GetElementType()! : type.GetGenericArguments()[^1], found);
            return;
        }

        if (type == typeof(Distribution) || type == typeof(Copula))
        {
            foreach (var derived in type.Assembly.GetTypes().Where(each => each.IsSubclassOf(type) && each.IsPublic))
                Collect(derived, found);
            return;
        }

        if (type == typeof(IPricingPlan))
            foreach (var kind in PlanKinds.Names)
                Collect(PlanKinds.GetPlanType(kind), found);
        if (!found.Add(type))
            return;
        foreach (var property in type.GetProperties().Where(static property => property.SetMethod is not null))
            Collect(property.PropertyType, found);
    }

    private sealed record OwnPlan : PricingPlan
    {
        public double Fee { get; init; }

        public override void Check(InputValidator check, Workload workload) => check.NotNegative("fee", Fee);

        public override IPlanPricing Prepare(Workload workload) => throw new NotSupportedException();
    }
}
