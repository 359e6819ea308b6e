using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tollgate.Configuration.Settings;
using Tollgate.Gateway.Recording;
using Tollgate.Hosting;
using Tollgate.Hosting.Providers;
using Tollgate.Metering.Pricing;
using Tollgate.Testing;

namespace Tollgate.Tests.Hosting;

public sealed class GatewayServicesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Starts_the_limits_first_and_the_drain_of_calls_last()
    {
        var settings = new GatewaySettings { DataFolder = _folder.Path };
        var pricer = new CallPricer(BuiltInPrices.Book);
        await using var stores = await GatewayStores.OpenAsync(settings, pricer, TimeProvider.System, default);
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddTollgate(settings, stores, pricer, TimeProvider.System)
            .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });

        services
            .GetServices<IHostedService>()
            .Select(static service => service.GetType())
            .ShouldBe([
                typeof(LimitImporter),
                typeof(ProviderKeyWatch),
                typeof(ReconcileTimer),
                typeof(RecoveryTimer),
                typeof(AlertService),
                typeof(BacklogWatch),
                typeof(IdleMemory),
                typeof(SignInCleanUp),
                typeof(InFlightDrain),
            ]);
    }

    public void Dispose() => _folder.Dispose();
}
