using System.Text.Json;
using Tollgate.SimulatedProvider;
using Tollgate.SimulatedProvider.Scripting;
using Tollgate.Testing;
using Tollgate.Testing.Gateways;
using Tollgate.Tests.Delivery.Alerts;
using Tollgate.Tests.Servers;

namespace Tollgate.Tests.Limits;

/// <summary>
/// What a killed gate had under way is booked by its next start at the most that was reserved. Where that crosses a
/// threshold it is told then: of a limit that is spent by it, there is no next call.
/// </summary>
[Trait("Needs", "Server")]
public sealed class RecoveredAlertTests(SharedPostgreSqlServer shared)
    : IClassFixture<SharedPostgreSqlServer>,
        IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("year", false)]
    [InlineData("year", true)]
    [InlineData("second", false)] // It is over when the next start looks, a second after it began.
    [InlineData("second", true)]
    public async Task A_threshold_crossed_by_a_killed_gateways_call_raises_an_alert_at_the_next_start(
        string window,
        bool onServer
    )
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var provider = await SimulatedProviderServer.StartAsync(new SimulatedProviderOptions(), default);
        var database = onServer ? $"ledger: {{database: '{await shared.CreateDatabaseUrlAsync()}'}}" : "";
        await File.WriteAllTextAsync(
            _folder.File("tollgate.yaml"),
            $$"""
            {{database}}
            routing: {retries: 0}
            providers: {openai: {base_url: '{{provider.BaseAddress}}v1', api_key: x} }
            limits: [{limit: output_tokens_per_{{window}}=100, alert_at: [50, 80, 95]}]
            alerts:
              webhooks:
                ops: {url: '{{receiver.Url}}', secret: whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8= }
            """
        );
        using (var killed = Start())
        {
            using var client = await killed.ConnectAsync();
            using var running = await client.ChatAsync("output=5 hang=60s", ""","max_tokens":90,"stream":true""");
            running.StatusCode.ShouldBe(
                System.Net.HttpStatusCode.OK,
                running.IsSuccessStatusCode ? "" : await running.Content.ReadAsStringAsync()
            );
            killed.Kill();
        }

        if (window == "second")
            await Task.Delay(TimeSpan.FromSeconds(1)); // The window of the limit, on a process's own clock.
        using var again = Start();
        await again.Address;
        await Eventually.BecomesTrueAsync(() => !receiver.Taken.IsEmpty);

        var data = JsonDocument.Parse(receiver.Taken.ShouldHaveSingleItem().Body).RootElement.GetProperty("data");
        data.GetProperty("text")
            .GetString()!
            .Contains("That window has ended", StringComparison.Ordinal)
            .ShouldBe(window == "second");
        var limit = data.GetProperty("limit");
        (limit.GetProperty("threshold").GetInt32(), limit.GetProperty("used").GetString()).ShouldBe((80, "90"));
    }

    private GatewayProcess Start() => GatewayProcess.Serve(_folder.Path);
}
