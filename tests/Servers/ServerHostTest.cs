using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tollgate.Accounting.Hosting;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Tracking;
using Tollgate.Testing;

namespace Tollgate.Accounting.Servers;

/// <summary>A program whose host keeps its ledger on a server.</summary>
/// <param name="server">Where it is.</param>
/// <param name="open">Makes a store of a connection string.</param>
public abstract class ServerHostTest<TServer, TStore>(TServer server, Func<string, TStore> open)
    : ServerStoreTest<TServer, TStore>(server, open)
    where TServer : IDatabaseServer
    where TStore : ISqlLedgerStore
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>The package's own method.</summary>
    protected abstract void UseServer(AccountingBuilder builder, string? url);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public Task Usage_tracked_by_a_host_is_on_the_server_after_its_end() =>
        TrackAsync(builder => UseServer(builder.Services.AddTollgateAccounting(), Server.UrlTo(Database)));

    [Fact]
    public Task The_address_may_come_from_the_configuration() =>
        TrackAsync(builder =>
        {
            builder.Configuration["Accounting:Url"] = Server.UrlTo(Database);
            builder.Services.Configure<AccountingOptions>(options =>
                options.Url = builder.Configuration["Accounting:Url"]
            );
            UseServer(builder.Services.AddTollgateAccounting(), null);
        });

    private async Task TrackAsync(Action<HostApplicationBuilder> configure)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        configure(builder);
        builder.Services.Configure<AccountingOptions>(options => options.DataFolder = _folder.Path);
        using (var host = builder.Build())
        {
            await host.StartAsync();
            var tracker = host.Services.GetRequiredService<UsageTracker>();
            await tracker.TrackAsync(new UsageEntry { Model = "gpt-4o", PromptTokens = 1, Cost = 0.5m });
            await host.StopAsync();
        }

        var totals = await TotalsAsync(Store);
        (totals.Calls, totals.Cost.Usd).ShouldBe((1, 0.5m));
        await SumsShouldAgreeAsync(Store);
    }
}
