using System.Net;
using System.Text.Json;
using Tollgate.SimulatedProvider;
using Tollgate.SimulatedProvider.Scripting;
using Tollgate.Testing;
using Tollgate.Testing.Gateways;
using Tollgate.Tests.Delivery.Alerts;

namespace Tollgate.Tests.Cli;

/// <summary>Alerts from the command line and in a running gate, as processes.</summary>
[Trait("Needs", "Process")]
public sealed class AlertsCommandTests : IDisposable
{
    private const string Secret = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_test_sends_by_each_channel_and_reports_which_one_failed()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var server = SmtpServer.WithCertificate(_folder.Path);
        await File.WriteAllTextAsync(
            _folder.File("tollgate.yaml"),
            $"alerts: {{email: {{security: starttls, trust: mail.pem}}, webhooks: {{ops: {{url: '{receiver.Url}', "
                + $"secret: {Secret}}}}}, slack: {{team: {{url: 'http://127.0.0.1:1/secret'}}}}}}"
        );

        var (exitCode, output) = await RunAsync(server, "alerts", "test", "--config", _folder.File("tollgate.yaml"));

        exitCode.ShouldBe(1, output);
        output
            .Split('\n')
            .ShouldBe([
                "email:ops@example.com: sent",
                "webhook:ops: sent",
                "slack:team: failed: 127.0.0.1:1 could not be reached: Connection refused",
            ]);
        JsonDocument
            .Parse(receiver.Taken.ShouldHaveSingleItem().Body)
            .RootElement.GetProperty("type")
            .GetString()
            .ShouldBe("alert.test");
        server.Order("drop", 0);
        server.Messages.Count.ShouldBe(1);
        (
            await RunAsync(
                server,
                "alerts",
                "test",
                "--channel",
                "webhook:ops",
                "--config",
                _folder.File("tollgate.yaml")
            )
        ).ShouldBe((0, "webhook:ops: sent"));
        (
            await RunAsync(
                server,
                "alerts",
                "test",
                "--channel",
                "webhook:other",
                "--config",
                _folder.File("tollgate.yaml")
            )
        ).ExitCode.ShouldBe(1);
    }

    [Fact]
    public async Task A_running_gateway_reports_an_unpriced_model_and_a_failing_deployment()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var provider = await SimulatedProviderServer.StartAsync(new SimulatedProviderOptions(), default);
        await File.WriteAllTextAsync(
            _folder.File("tollgate.yaml"),
            $"{{routing: {{retries: 0, allowed_failures: 2}}, providers: {{openai: {{base_url: "
                + $"'{provider.BaseAddress}v1', api_key: x}}}}, alerts: {{webhooks: {{ops: {{url: '{receiver.Url}', "
                + $"secret: {Secret}}}}}}}}}"
        );
        using (var gate = GatewayProcess.Serve(_folder.Path))
        {
            using var client = await gate.ConnectAsync();
            (await client.ChatStatusAsync("", model: "never-priced")).ShouldBe(HttpStatusCode.OK);
            (await client.ChatStatusAsync("", model: "never-priced")).ShouldBe(HttpStatusCode.OK);
            for (var call = 0; call < 4; call++)
                await client.ChatStatusAsync("error=500");

            await Eventually.BecomesTrueAsync(async () =>
                AlertsOf(await client.GetStringAsync("/health")).GetProperty("sent").GetInt64() >= 2
            );

            receiver
                .Taken.Select(message => JsonDocument.Parse(message.Body).RootElement.GetProperty("type").GetString())
                .Order()
                .ShouldBe(["alert.provider_failing", "alert.unpriced"]);
            (await client.GetStringAsync("/metrics")).ShouldContain("tollgate_alerts_sent_total 2");
            gate.Output.ToString().ShouldNotContain("not-to-be-logged");
            (await gate.TerminateAsync()).ShouldBe(0);
        }

        var (exitCode, list) = await RunAsync(null, "alerts", "list", "--format", "json", "--data", _folder.Path);
        exitCode.ShouldBe(0, list);
        JsonDocument
            .Parse(list)
            .RootElement.EnumerateArray()
            .Select(row => row.GetProperty("deliveries")[0])
            .Select(delivery =>
                (
                    delivery.GetProperty("route").GetProperty("channel").GetString(),
                    delivery.GetProperty("state").GetString()
                )
            )
            .ShouldBe([("webhook:ops", "sent"), ("webhook:ops", "sent")]);
        (await RunAsync(null, "alerts", "retry", "--data", _folder.Path)).ShouldBe(
            (0, "0 messages are scheduled again. A running gateway sends them.")
        );
    }

    [Theory]
    [InlineData(1, "There is no ledger", "alerts", "list")]
    [InlineData(2, "nothing", "alerts", "retry", "nothing")]
    public async Task Errors_are_one_line_and_an_exit_code(int expected, string says, params string[] arguments)
    {
        var (exitCode, output) = await RunAsync(null, [.. arguments, "--data", _folder.Path]);

        exitCode.ShouldBe(expected, output);
        output.Split('\n').ShouldHaveSingleItem().ShouldContain(says);
    }

    [Fact]
    public async Task Without_channels_a_test_fails_and_names_the_settings()
    {
        var (exitCode, output) = await RunAsync(null, "alerts", "test", "--data", _folder.Path);

        exitCode.ShouldBe(1);
        output.ShouldContain(
            "No channel is configured. Set alerts.webhooks, alerts.slack, or SMTP_SERVER and NOTIFICATION_EMAIL."
        );
    }

    private static JsonElement AlertsOf(string health) => JsonDocument.Parse(health).RootElement.GetProperty("alerts");

    private static async Task<(int ExitCode, string Output)> RunAsync(SmtpServer? server, params string[] arguments)
    {
        // Without any provider's key, a warning would say so.
        (string, string)[] variables = server is null
            ? [("OPENAI_API_KEY", "x")]
            :
            [
                ("OPENAI_API_KEY", "x"),
                ("SMTP_SERVER", "localhost"),
                ("SMTP_PORT", $"{server.Port}"),
                ("SMTP_USERNAME", "gate"),
                ("SMTP_PASSWORD", "pass word"),
                ("SMTP_FROM_ADDRESS", "gate@example.com"),
                ("NOTIFICATION_EMAIL", "ops@example.com"),
            ];
        using var command = GatewayProcess.Start(arguments, variables);
        await command.WaitForExitAsync();
        return (command.ExitCode, command.Output.ToString().Trim());
    }
}
