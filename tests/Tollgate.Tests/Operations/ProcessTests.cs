using System.Net;
using System.Text.Json;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Stores;
using Tollgate.Metering.Usage;
using Tollgate.SimulatedProvider;
using Tollgate.SimulatedProvider.Scripting;
using Tollgate.Testing;
using Tollgate.Testing.Gateways;

namespace Tollgate.Tests.Operations;

/// <summary>The program as its users start and stop it.</summary>
[Trait("Needs", "Process")]
public class ProcessTests
{
    [Fact]
    public async Task Demo_shows_a_sum_that_the_providers_bill_confirms()
    {
        using var demo = GatewayProcess.Start(["demo", "--once", "--urls", "http://127.0.0.1:0"]);
        await demo.WaitForExitAsync();

        demo.ExitCode.ShouldBe(0, demo.Output.ToString());
        demo.Output.ToString()
            .ShouldContain(
                "The ledger shows 0.03612078 USD for 8 calls; the provider's own bill shows 0.03612078 USD."
            );
    }

    [Fact]
    public async Task Refuses_to_be_open_to_a_network()
    {
        using var folder = new TemporaryFolder();
        using var gate = GatewayProcess.Start(
            ["serve", "--urls", "http://0.0.0.0:0", "--data", folder.Path],
            ("OPENAI_API_KEY", "x")
        );
        await gate.WaitForExitAsync();

        gate.ExitCode.ShouldBe(1);
        gate.Output.ToString().ShouldContain("no virtual key exists");
        gate.Output.ToString().ShouldContain("tollgate keys create");
    }

    [Fact]
    public async Task The_first_key_closes_a_running_gateway_and_a_revoked_one_is_refused_within_a_second()
    {
        await using var provider = await SimulatedProviderServer.StartAsync(new SimulatedProviderOptions(), default);
        using var folder = new TemporaryFolder();
        using var gate = Serve(folder, provider);
        using var client = await gate.ConnectAsync();
        (await CallAsync(client, null)).ShouldBe(HttpStatusCode.OK);

        var key = await RunAsync("keys", "create", "--name", "ci", "--user", "jane", "--data", folder.Path);
        key.ShouldStartWith("tg-");
        await WithinASecond(async () => await CallAsync(client, null) == HttpStatusCode.Unauthorized);
        (await CallAsync(client, key)).ShouldBe(HttpStatusCode.OK);

        var listed = JsonDocument
            .Parse(await RunAsync("keys", "list", "--format", "json", "--data", folder.Path))
            .RootElement[0];
        listed.GetProperty("name").GetString().ShouldBe("ci");
        await RunAsync("keys", "revoke", listed.GetProperty("prefix").GetString()!, "--data", folder.Path);
        await WithinASecond(async () => await CallAsync(client, key) == HttpStatusCode.Unauthorized);

        var stats = await RunAsync("stats", "--by", "user", "--format", "csv", "--data", folder.Path);
        // Her calls until the revocation was seen are among them.
        stats.ShouldContain("jane,");
        (await RunAsync("tail", "--format", "json", "--data", folder.Path)).ShouldNotContain(key);
    }

    [Fact]
    public async Task Finishes_a_running_stream_on_shutdown()
    {
        await using var provider = await SimulatedProviderServer.StartAsync(new SimulatedProviderOptions(), default);
        using var folder = new TemporaryFolder();
        using var gate = Serve(folder, provider);
        using var client = await gate.ConnectAsync();
        using var answer = await client.ChatAsync("input=10 output=100 chunks=20 rate=100", ""","stream":true""");

        var stopped = gate.TerminateAsync();
        (await answer.Content.ReadAsStringAsync()).ShouldEndWith("data: [DONE]\n\n");
        (await stopped).ShouldBe(0, gate.Output.ToString());

        var record = (
            await UsageLedger.OpenReadOnly(new LedgerOptions { DataFolder = folder.Path }).TailAsync(1)
        ).Single();
        (record.UsageSource, record.Usage.TotalTokens).ShouldBe((UsageSource.Reported, 110));
    }

    [Theory]
    [InlineData("--other", 3)] // As it is started by default: a batch job from then on.
    [InlineData("--idle", 5)] // An administrator's choice stays.
    public async Task Serves_with_threads_that_do_not_interrupt_each_other(string policy, int expected)
    {
        await using var provider = await SimulatedProviderServer.StartAsync(new SimulatedProviderOptions(), default);
        using var folder = new TemporaryFolder();
        using var gate = Serve(folder, provider, "chrt", policy, "0");
        using var client = await gate.ConnectAsync();
        // Threads for sockets, calls and the ledger have been started.
        (await CallAsync(client, null)).ShouldBe(HttpStatusCode.OK);

        gate.SchedulingPolicies().ShouldAllBe(actual => actual == expected);
    }

    [Theory]
    [InlineData(2, "stats", "--period", "century")]
    [InlineData(2, "stats", "--start", "yesterday")]
    [InlineData(2, "tail", "-n", "0")]
    [InlineData(2, "no-such-command")]
    [InlineData(1, "tail")]
    public async Task Says_by_its_exit_code_what_went_wrong(int exitCode, params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        var command = await GatewayProcess.RunAsync([.. arguments], ("TOLLGATE_HOME", folder.Path));
        command.ExitCode.ShouldBe(exitCode, command.Error);
    }

    private static GatewayProcess Serve(
        TemporaryFolder folder,
        SimulatedProviderServer provider,
        params string[] starter
    ) =>
        GatewayProcess.StartUnder(
            starter,
            ["serve", "--urls", "http://127.0.0.1:0", "--data", folder.Path],
            ("OPENAI_API_KEY", "x"),
            ("OPENAI_BASE_URL", $"{provider.BaseAddress}v1")
        );

    private static async Task<string> RunAsync(params string[] arguments) =>
        (await GatewayProcess.RunAsync(arguments)).ShouldSucceed();

    private static Task WithinASecond(Func<Task<bool>> condition) =>
        Eventually.BecomesTrueAsync(condition, TimeSpan.FromSeconds(1));

    private static Task<HttpStatusCode> CallAsync(GatewayClient client, string? key) =>
        client.ChatStatusAsync("output=5", headers: key is null ? [] : [("Authorization", $"Bearer {key}")]);
}
