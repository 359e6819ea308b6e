using Tollgate.Gateway.Providers;
using Tollgate.Gateway.Routing;
using Tollgate.Testing;
using Tollgate.Testing.Gateways;

namespace Tollgate.Gateway.Tests.Routing;

/// <summary>Routes that are replaced while the gateway serves.</summary>
public sealed class ChangedRoutesTests
{
    private static readonly Uri Address = new("http://127.0.0.1:1");

    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void A_deployment_keeps_its_health_and_gets_its_new_key()
    {
        var table = new RouteTable(WithGroup("old-key"));
        var state = table.Routes.States.Single().State;
        state.RecordFailure(_time.GetUtcNow(), table.Options with { AllowedFailures = 1 }, retryAfter: null);

        table.Use(WithGroup("new-key"));

        var status = new GatewayRoutes(table, _time).ReadDeployments().ShouldHaveSingleItem();
        status.Deployment.ApiKey.ShouldBe("new-key");
        status.ConsecutiveFailures.ShouldBe(1);
        status.CoolingUntil.ShouldBe(_time.GetUtcNow() + table.Options.CoolDown);
        table.Routes.States.Single().State.ShouldBeSameAs(state);
    }

    [Fact]
    public void A_provider_appears_and_disappears_with_its_key()
    {
        var table = new RouteTable(new RoutingOptions());
        table.Resolve(WireDialect.OpenAI, "openai", "gpt-4o").Reason!.ShouldContain("OPENAI_API_KEY");

        table.Use(WithProvider());
        table.Resolve(WireDialect.OpenAI, "openai", "gpt-4o").Plan.ShouldNotBeNull();

        table.Use(new RoutingOptions());
        table.Resolve(WireDialect.OpenAI, "openai", "gpt-4o").Plan.ShouldBeNull();
    }

    [Fact]
    public void Two_deployments_of_one_name_keep_a_state_each()
    {
        var twice = new RoutingOptions { Groups = [new ModelGroup("m", [Create("a"), Create("b")], [])] };
        var table = new RouteTable(twice);
        var before = table.Routes.States.Select(static entry => entry.State).ToList();

        table.Use(twice with { Retries = 1 });

        table.Routes.States.Select(static entry => entry.State).ShouldBe(before);
    }

    private static RoutingOptions WithGroup(string key) => new() { Groups = [new ModelGroup("m", [Create(key)], [])] };

    private static RoutingOptions WithProvider() =>
        new() { Providers = new Dictionary<string, Deployment> { ["openai"] = Create("key") } };

    private static Deployment Create(string key) =>
        InProcessGateway.DeploymentAt(Address, "openai", "gpt-4o") with
        {
            ApiKey = key,
        };
}
