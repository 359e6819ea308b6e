using System.Net;
using System.Net.Sockets;
using Tollgate.Accounting.Registry;
using Tollgate.Accounting.Stores;
using Tollgate.Configuration.Settings;
using Tollgate.Gateway;
using Tollgate.Hosting;
using Tollgate.Testing;

namespace Tollgate.Tests.Hosting;

/// <summary>A gateway that cannot start explains why, and leaves nothing open.</summary>
public sealed class GatewayStartTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Refuses_an_address_in_use_and_starts_on_another_one()
    {
        using var occupant = new TcpListener(IPAddress.Loopback, 0);
        occupant.Start();

        var refusal = await Should.ThrowAsync<GatewayStartException>(() =>
            StartAsync($"http://{occupant.LocalEndpoint}")
        );

        refusal.Message.ShouldContain(occupant.LocalEndpoint.ToString()!);
        refusal.Message.ShouldContain("--urls");
        await using var gateway = await StartAsync("http://127.0.0.1:0");
        gateway.Ledger.IsWritable.ShouldBeTrue();
    }

    [Fact]
    public async Task Refuses_an_address_that_this_machine_does_not_have()
    {
        await (await VirtualKeys.OpenAsync(new LedgerOptions { DataFolder = _folder.Path })).CreateAsync(
            new NewVirtualKey { Name = "k" }
        );

        // Reserved for documentation: no machine has it.
        var refusal = await Should.ThrowAsync<GatewayStartException>(() => StartAsync("http://192.0.2.1:8000"));

        refusal.Message.ShouldStartWith("Cannot listen on http://192.0.2.1:8000: ");
        refusal.Message.ShouldContain("--urls");
    }

    [Fact]
    public async Task Refuses_options_with_which_no_call_could_be_served()
    {
        var refusal = await Should.ThrowAsync<GatewayStartException>(() =>
            StartAsync("http://127.0.0.1:0", new GatewayOptions { MaxRequestBodyBytes = 0 })
        );

        refusal.Message.ShouldBe("Property MaxRequestBodyBytes: must be greater than zero");
    }

    public void Dispose() => _folder.Dispose();

    private Task<GatewayHost> StartAsync(string url, GatewayOptions? options = null) =>
        GatewayHost.StartAsync(
            new GatewaySettings
            {
                DataFolder = _folder.Path,
                Urls = [url],
                Gateway = options ?? new GatewayOptions(),
            },
            TimeProvider.System,
            default
        );
}
