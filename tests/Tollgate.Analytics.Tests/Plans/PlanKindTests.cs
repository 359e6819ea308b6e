using System.Text.Json;
using Tollgate.Analytics.Plans;

namespace Tollgate.Analytics.Tests.Plans;

public class PlanKindTests
{
    [Fact]
    public void Every_plan_has_a_kind()
    {
        typeof(IPricingPlan)
            .Assembly.GetTypes()
            .Where(type => type is { IsAbstract: false, IsClass: true } && type.IsAssignableTo(typeof(IPricingPlan)))
            .ShouldBe(PlanKinds.Names.Select(PlanKinds.GetPlanType), ignoreOrder: true);
        Should
            .Throw<InvalidInputException>(() => PlanKinds.GetPlanType("lottery"))
            .Message.ShouldStartWith("kind: 'lottery' is unknown: it must be one of per-token");
    }

    [Fact]
    public void A_reader_fills_a_plan()
    {
        const string Text = """
            {"name": "b", "fee": 5, "includedTokens": 1000000, "chargedPer": 1,
             "overage": {"input": 2.5, "output": 10, "byModel": {"m": {"input": 1, "output": 2}}}}
            """;

        var plan = JsonSerializer
            .Deserialize(Text, PlanKinds.GetPlanType("bundle"), JsonSerializerOptions.Web)
            .ShouldBeOfType<BundlePlan>();

        (plan.Name, plan.Fee, plan.IncludedTokens, plan.ChargedPer).ShouldBe(
            ("b", 5m, 1_000_000, ChargeScope.Organization)
        );
        plan.Overage.ByModel["m"].Output.ShouldBe(2);
    }
}
