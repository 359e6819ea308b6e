using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Tollgate.Accounting.Admission;
using Tollgate.Accounting.Directory;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.PostgreSql;
using Tollgate.GateVictim;
using Tollgate.Gateway;
using Tollgate.Gateway.Booking;
using Tollgate.Gateway.Providers;
using Tollgate.Gateway.Routing;
using Tollgate.Metering.Pricing;

// Usage: Tollgate.GateVictim FOLDER DATABASE-URL PROVIDER-URL [METRIC:AMOUNT:WINDOW[:MODEL]…]
// A gate in front of one provider, with a ledger and limits on a server. It serves until it is killed, or its input ends.
var provider = new Uri(args[2]);
var pricer = new CallPricer(BuiltInPrices.Book);
var options = new LedgerOptions { DataFolder = args[0], PriceRecovered = pricer.PriceRecovered }.At(args[1], PostgreSqlStores.Factory);
await using var ledger = await UsageLedger.OpenAsync(options);
await using var directory = await DirectoryWatcher.StartAsync(options);
await using var admission = new AdmissionController(ledger.Limits, ledger.InstanceId, TimeProvider.System);
admission.Use([.. args[3..].Select(VictimLimits.Parse)]);

var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseUrls("http://127.0.0.1:0");
await using var app = builder.Build();
var routing = new RoutingOptions
{
    Retries = 0,
    Providers = new Dictionary<string, Deployment>
    {
        ["openai"] = new()
        {
            Name = "openai",
            Provider = "openai",
            Dialect = KnownProviders.ById["openai"].Dialect,
            BaseAddress = new Uri(provider, "/v1"),
            ApiKey = "provider-key",
            KeyPlacement = KnownProviders.ById["openai"].KeyPlacement,
        },
    },
};
await using var gateway = new TollgateGateway(new GatewayOptions { Routing = routing }, ledger, directory, admission, pricer, TimeProvider.System, app.Logger);
gateway.Map(app);
await app.StartAsync();
Console.WriteLine($"Tollgate serves on {app.Urls.First()}");
while (await Console.In.ReadLineAsync() is not null)
{
}

await app.StopAsync();
