using System.CommandLine;
using Tollgate.Gateway;
using Tollgate.Gateway.Providers;
using Tollgate.Gateway.Routing;
using Tollgate.Hosting;

namespace Tollgate.Commands;

/// <summary><c>tollgate serve</c>: the gate.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var urls = new Option<string?>("--urls") { Description = "Where to listen, separated by semicolons." };
        var data = new Option<string?>("--data") { Description = "The data folder." };
        var command = new Command("serve", "Run the gateway.") { urls, data };
        command.SetAction(async (parsed, cancellation) =>
        {
            var settings = new GateSettings
            {
                DataFolder = DataFolder.Resolve(parsed.GetValue(data)),
                Urls = (parsed.GetValue(urls) ?? GateSettings.DefaultUrl).Split(';'),
                Gateway = new GatewayOptions { Routing = new RoutingOptions { Providers = FromEnvironment() } },
            };
            await using var gate = await GateHost.StartAsync(settings, TimeProvider.System, cancellation);
            Console.WriteLine($"Tollgate serves on {string.Join(", ", gate.Addresses)}");
            await Shutdown.WaitAsync(cancellation);
            return ExitCodes.Done;
        });
        return command;
    }

    private static Dictionary<string, Deployment> FromEnvironment()
    {
        var deployments = new Dictionary<string, Deployment>();
        foreach (var provider in KnownProviders.ById.Values)
        {
            var key = provider.KeyVariables.Select(Environment.GetEnvironmentVariable).FirstOrDefault(value => !string.IsNullOrEmpty(value));
            var address = Environment.GetEnvironmentVariable(provider.Id.ToUpperInvariant() + "_BASE_URL") is { Length: > 0 } url ? new Uri(url) : provider.BaseAddress;
            if (address is null || (key is null && provider.KeyVariables.Count > 0)) continue;
            deployments[provider.Id] = new Deployment
            {
                Name = provider.Id,
                Provider = provider.Id,
                Dialect = provider.Dialect,
                BaseAddress = address,
                ApiKey = key,
                KeyPlacement = provider.KeyPlacement,
                AcceptsStreamOptions = provider.AcceptsStreamOptions,
            };
        }

        return deployments;
    }
}
