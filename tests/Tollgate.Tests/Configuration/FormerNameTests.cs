using Tollgate.Accounting.Alerts;
using Tollgate.Accounting.Registry;
using Tollgate.Accounting.Transcripts;
using Tollgate.Configuration.Settings;
using Tollgate.Gateway.Routing;

namespace Tollgate.Tests.Configuration;

/// <summary>A configuration written for an earlier version loads, with warnings that contain the new names.</summary>
public sealed class FormerNameTests : ConfigFolder
{
    private const string Former = """
        memory: {largest_request: 64MiB}
        routing: {longest_retry_wait: 9s}
        when_client_leaves: drain
        directory: {require: [users]}
        audit: {texts: all, refusals: false, retention: 7d}
        limits:
          most_values: 50
          rules:
            - {metric: cost, amount: 10, window: month, raise: {amount: 20, until: 2026-12-01}}
        alerts:
          webhooks: {ops: {url: "https://example.com/hook", secret: "whsec_c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0"}}
          rules:
            - {kinds: [limit_spent], to: ["webhook:ops"]}
        """;

    [Fact]
    public void Loads_a_file_that_uses_every_former_name()
    {
        var configuration = Load(Former);

        Errors(configuration).ShouldBeEmpty();
        var settings = configuration.Settings;
        settings.Gateway.MaxRequestBodyBytes.ShouldBe(64L << 20);
        settings.Gateway.Routing.MaxRetryAfter.ShouldBe(TimeSpan.FromSeconds(9));
        settings.Gateway.Routing.OnClientDisconnect.ShouldBe(ClientDisconnectPolicy.Drain);
        settings.Gateway.RegistryRequirements.ShouldBe(RegistryRequirements.Users);
        settings.Transcripts.Capture.ShouldBe(TranscriptCapture.All);
        settings.Transcripts.RecordsDenials.ShouldBeFalse();
        settings.Transcripts.Retention.ShouldBe(TimeSpan.FromDays(7));
        settings.Admission.MaxValues.ShouldBe(50);
        settings.Alerts.Rules.ShouldHaveSingleItem().Kinds.ShouldBe([AlertKind.LimitExhausted]);
    }

    [Theory]
    [InlineData("memory.largest_request", "max_request")]
    [InlineData("routing.longest_retry_wait", "max_retry_wait")]
    [InlineData("when_client_leaves", "on_client_disconnect")]
    [InlineData("directory", "registry")]
    [InlineData("audit", "transcripts")]
    [InlineData("audit.refusals", "denials")]
    [InlineData("limits.most_values", "max_values")]
    [InlineData("limits.rules[0].raise", "increase")]
    public void Warns_about_a_former_name(string path, string name)
    {
        var key = path[(path.LastIndexOf('.') + 1)..];

        Warnings(Load(Former))
            .ShouldContain(warning =>
                warning.Contains(
                    $"warning: {path}: The setting '{key}' is now called '{name}'. Rename it.",
                    StringComparison.Ordinal
                )
            );
    }

    [Fact]
    public void Rejects_a_setting_under_both_names() =>
        Errors(Load("{audit: {texts: all}, transcripts: {texts: prompts}}"))
            .ShouldHaveSingleItem()
            .ShouldContain("'audit' is the former name of 'transcripts', which is also set. Remove it.");

    [Theory]
    [InlineData("TOLLGATE_MEMORY_LARGEST_REQUEST", "TOLLGATE_MEMORY_MAX_REQUEST", "64MiB")]
    [InlineData("TOLLGATE_ROUTING_LONGEST_RETRY_WAIT", "TOLLGATE_ROUTING_MAX_RETRY_WAIT", "9s")]
    [InlineData("TOLLGATE_WHEN_CLIENT_LEAVES", "TOLLGATE_ON_CLIENT_DISCONNECT", "drain")]
    [InlineData("TOLLGATE_DIRECTORY_REQUIRE", "TOLLGATE_REGISTRY_REQUIRE", "users")]
    [InlineData("TOLLGATE_LIMITS_MOST_VALUES", "TOLLGATE_LIMITS_MAX_VALUES", "50")]
    [InlineData("TOLLGATE_AUDIT_REFUSALS", "TOLLGATE_TRANSCRIPTS_DENIALS", "false")]
    [InlineData("TOLLGATE_AUDIT_TEXTS", "TOLLGATE_TRANSCRIPTS_TEXTS", "all")]
    public void Reads_a_variable_by_its_former_name(string former, string name, string value)
    {
        Environment[name] = value;
        var expected = Load("").Settings;
        Environment.Remove(name);
        Environment[former] = value;

        var configuration = Load("");

        Warnings(configuration)
            .ShouldContain(warning =>
                warning.Contains($"The variable {former} is now called {name}. Rename it.", StringComparison.Ordinal)
            );
        Describe(configuration.Settings).ShouldBe(Describe(expected));
        Describe(expected).ShouldNotBe(Describe(LoadWithout(former)));
    }

    private GatewaySettings LoadWithout(string variable)
    {
        Environment.Remove(variable);
        return Load("").Settings;
    }

    private static string Describe(GatewaySettings settings) =>
        string.Join(
            '|',
            settings.Gateway.MaxRequestBodyBytes,
            settings.Gateway.Routing.MaxRetryAfter,
            settings.Gateway.Routing.OnClientDisconnect,
            settings.Gateway.RegistryRequirements,
            settings.Admission.MaxValues,
            settings.Transcripts.RecordsDenials,
            settings.Transcripts.Capture
        );
}
