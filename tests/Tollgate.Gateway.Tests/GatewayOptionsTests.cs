using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Tollgate.Gateway.Routing;

namespace Tollgate.Gateway.Tests;

public class GatewayOptionsTests
{
    [Fact]
    public void Refuses_at_startup_what_no_call_could_be_served_with()
    {
        var refusal = Should.Throw<OptionsValidationException>(() =>
            Validate(
                new GatewayOptions
                {
                    RequestMemoryBytes = 0,
                    Routing = new RoutingOptions { Retries = -1, IdleTimeout = TimeSpan.Zero },
                }
            )
        );

        refusal.Failures.ShouldBe(
            [
                "Property RequestMemoryBytes: must be greater than zero",
                "Property Retries: must not be negative",
                "Property IdleTimeout: must be greater than zero",
            ]
        );
    }

    [Fact]
    public void Accepts_the_defaults() => Should.NotThrow(() => Validate(new GatewayOptions()));

    private static void Validate(GatewayOptions options)
    {
        using var services = new ServiceCollection().AddTollgateGateway(options).BuildServiceProvider();
        services.GetRequiredService<IStartupValidator>().Validate();
    }
}
