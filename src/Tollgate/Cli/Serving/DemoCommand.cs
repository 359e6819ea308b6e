using System.CommandLine;
using System.Text.Json;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Usage;
using Tollgate.Cli.Parsing;
using Tollgate.Cli.Rendering;
using Tollgate.Configuration.Settings;
using Tollgate.Demo;
using Tollgate.Gateway;
using Tollgate.Gateway.Routing;
using Tollgate.Hosting;
using Tollgate.Metering.Usage;
using Tollgate.SimulatedProvider;
using Tollgate.SimulatedProvider.Scripting;

namespace Tollgate.Cli.Serving;

/// <summary><c>tollgate demo</c>: a complete gateway in one process, without a key and without a network.</summary>
internal static class DemoCommand
{
    private static readonly string[] Titles =
    [
        "model",
        "streamed",
        "input",
        "cached",
        "cache_write",
        "output",
        "reasoning",
        "cost_usd",
    ];

    public static Command Create()
    {
        var once = new Option<bool>("--once") { Description = "Stop after printing the table." };
        var url = new Option<string>("--urls")
        {
            Description = "The URLs to listen on.",
            DefaultValueFactory = static _ => GatewaySettings.DefaultUrl,
        };
        var data = new Option<string?>("--data")
        {
            Description = "The data folder of the ledger; default: a temporary folder, deleted at the end.",
            HelpName = "DIR",
        };
        var command = new Command(
            "demo",
            "Run a demonstration: a gateway with a simulated provider, some traffic, and its cost."
        )
        {
            once,
            url,
            data,
        };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var kept = parsed.GetValue(data);
                var folder = kept is null
                    ? Directory.CreateTempSubdirectory("tollgate-demo-").FullName
                    : Path.GetFullPath(kept);
                try
                {
                    await RunAsync(
                        parsed.GetValue(url)!,
                        folder,
                        parsed.GetValue(once),
                        parsed.InvocationConfiguration.Output,
                        cancellationToken
                    );
                    return ExitCodes.Success;
                }
                finally
                {
                    if (kept is null)
                        Directory.Delete(folder, recursive: true);
                }
            }
        );
        return command;
    }

    private static async Task RunAsync(
        string url,
        string folder,
        bool once,
        TextWriter output,
        CancellationToken cancellationToken
    )
    {
        // 1. A provider, and a gateway in front of it.
        await using var provider = await SimulatedProviderServer.StartAsync(
            new SimulatedProviderOptions(),
            cancellationToken
        );
        var settings = new GatewaySettings
        {
            DataFolder = folder,
            Urls = [url],
            Gateway = new GatewayOptions
            {
                Routing = new RoutingOptions { Providers = SimulatedDeployments.Create(provider.BaseAddress) },
            },
        };
        await using var gateway = await GatewayHost.StartAsync(settings, TimeProvider.System, cancellationToken);
        var address = gateway.Addresses[0];

        // 2. Some traffic, and its records in the ledger.
        await DemoTraffic.SendAsync(address, cancellationToken);
        var totals = await PrintAsync(gateway.Ledger, output);

        // 3. The provider's own bill, computed independently of the gateway.
        await output.WriteLineAsync(
            $"The ledger shows {totals.Cost} USD for {totals.Calls} calls; "
                + $"the provider's own bill shows {await BillAsync(provider.BaseAddress, cancellationToken)} USD."
        );
        if (once)
            return;

        await output.WriteLineAsync(
            $"\nTollgate is listening on {address} until Ctrl-C. Try it:\n\n{DemoTraffic.Curl(address)}\n"
        );
        await output.WriteLineAsync(
            $"Then, in another terminal: dotnet run --project src/Tollgate -c Release -- tail --data {folder}"
        );
        await Shutdown.WaitAsync(cancellationToken);
    }

    private static async Task<UsageTotals> PrintAsync(UsageLedger ledger, TextWriter output)
    {
        var records = await ledger.Query.TailAsync(100);
        var totals = await ledger.Query.TotalsAsync(UsagePeriod.All);
        new ResultTable(
            Titles,
            records
                .Reverse()
                .Select(Row)
                .Append([
                    "all",
                    null,
                    totals.Usage.InputTokens,
                    totals.Usage.CachedTokens,
                    CacheWrites(totals.Usage),
                    totals.Usage.OutputTokens,
                    totals.Usage[UsageKind.OutputReasoning],
                    totals.Cost.Usd,
                ])
        ).PrintTable(output);
        return totals;
    }

    private static object?[] Row(UsageRecord record) =>
        [
            record.Model,
            record.Streamed,
            record.Usage.InputTokens,
            record.Usage.CachedTokens,
            CacheWrites(record.Usage),
            record.Usage.OutputTokens,
            record.Usage[UsageKind.OutputReasoning],
            record.Cost?.Usd,
        ];

    private static long CacheWrites(in TokenUsage usage) =>
        usage[UsageKind.CacheWrite5m] + usage[UsageKind.CacheWrite1h];

    private static async Task<string> BillAsync(Uri provider, CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        using var audit = JsonDocument.Parse(
            await client.GetByteArrayAsync(new Uri(provider, "/bill/audit"), cancellationToken)
        );
        return audit.RootElement.GetProperty("total_usd").GetString()!;
    }
}
