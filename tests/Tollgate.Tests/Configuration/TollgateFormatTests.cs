using Tollgate.Accounting.Registry;
using Tollgate.Accounting.Transcripts;
using Tollgate.Gateway.Providers;
using Tollgate.Gateway.Routing;

namespace Tollgate.Tests.Configuration;

public sealed class TollgateFormatTests : ConfigFolder
{
    private const string Whole = """
        listen:
          urls: [http://127.0.0.1:9000]
        data: ledger
        memory: {request_bodies: 1GiB, max_request: 64MiB}
        routing: {retries: 4, retry_delay: 100ms, max_retry_wait: 9s, allowed_failures: 5, cool_down: 1m, seed: 42}
        timeouts: {connect: 3s, first_byte: 90s, idle: 45s}
        on_client_disconnect: drain
        transcripts:
          {texts: all, denials: false, retention: 7d, max_text: 1MiB, when_unavailable: refuse,
           database: "sqlite:///var/audit.db"}
        shutdown: {deadline: 5s}
        log: {calls: true, format: json}
        prices: {file: own.json}
        telemetry: {otlp_endpoint: "http://127.0.0.1:4318"}
        providers:
          local: {base_url: "http://gpu:8001/v1", http2: true, headers: {X-Team: red}}
          azure-eu: {kind: azure, base_url: "https://eu.openai.azure.com", api_key: "${AZURE_EU}"}
        models:
          - name: gpt-4o
            deployments:
              - {provider: azure-eu, model: ours, priced_as: gpt-4o, weight: 3}
              - openai/gpt-4o
            fallbacks: [small]
          - name: small
            deployments: [local/llama-3.1-8b]
        """;

    public TollgateFormatTests()
    {
        Environment["OPENAI_API_KEY"] = "sk-openai";
        Environment["AZURE_EU"] = "azure-secret";
    }

    [Fact]
    public void Every_setting_arrives()
    {
        var configuration = Load(Whole);
        configuration.Problems.ShouldBeEmpty();
        var (settings, routing) = (configuration.Settings, configuration.Settings.Gateway.Routing);
        settings.Urls.ShouldBe(["http://127.0.0.1:9000"]);
        settings.DataFolder.ShouldBe(Path.Combine(Folder, "ledger"));
        settings.Gateway.RequestMemoryBytes.ShouldBe(1L << 30);
        settings.Gateway.MaxRequestBodyBytes.ShouldBe(64L << 20);
        (routing.Retries, routing.AllowedFailures, routing.Seed).ShouldBe((4, 5, 42UL));
        (routing.RetryDelay, routing.MaxRetryAfter, routing.CoolDown).ShouldBe(
            (TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(9), TimeSpan.FromMinutes(1))
        );
        (routing.ConnectTimeout, routing.FirstByteTimeout, routing.IdleTimeout).ShouldBe(
            (TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(45))
        );
        routing.OnClientDisconnect.ShouldBe(ClientDisconnectPolicy.Drain);
        var audit = settings.Transcripts;
        (audit.Capture, audit.RecordsDenials, audit.Retention, audit.MaxTextBytes, audit.WhenUnavailable).ShouldBe(
            (TranscriptCapture.All, false, TimeSpan.FromDays(7), 1 << 20, TranscriptOutagePolicy.Refuse)
        );
        settings.TranscriptDatabase.ShouldBe("sqlite:///var/audit.db");
        settings.ShutdownDeadline.ShouldBe(TimeSpan.FromSeconds(5));
        (settings.Gateway.LogCalls, settings.LogJson).ShouldBe((true, true));
        settings.PriceFile.ShouldBe(Path.Combine(Folder, "own.json"));
        settings.OtlpEndpoint.ShouldBe(new Uri("http://127.0.0.1:4318"));
    }

    [Theory]
    [InlineData("texts: some", "one of off, prompts, all")]
    [InlineData("retention: 30", "a number of days")]
    [InlineData("retention: 0d", "a number of days")]
    [InlineData("retention: 99999d", "a number of days")]
    [InlineData("retention: 1h", "a number of days")]
    [InlineData("max_text: 5MiB", "up to 4MiB")]
    [InlineData("when_unavailable: drop", "one of continue, refuse")]
    [InlineData("database: audit.db", "the URL of a database")]
    public void Unsupported_transcript_settings_are_refused(string setting, string says) =>
        Errors(Load($"transcripts: {{{setting}}}")).ShouldHaveSingleItem().ShouldContain(says);

    [Fact]
    public void Models_become_groups_of_deployments()
    {
        var groups = Load(Whole).Settings.Gateway.Routing.Groups;
        groups.Select(group => group.Name).ShouldBe(["gpt-4o", "small"]);
        groups[0].Fallbacks.ShouldBe(["small"]);
        var (azure, openai, local) = (groups[0].Deployments[0], groups[0].Deployments[1], groups[1].Deployments[0]);
        (azure.Name, azure.Provider, azure.Model, azure.PricedAs, azure.Weight).ShouldBe(
            ("azure-eu/ours", "azure", "ours", "gpt-4o", 3)
        );
        (azure.ApiKey, azure.KeyPlacement, azure.ApiVersion).ShouldBe(
            ("azure-secret", KeyPlacement.ApiKey, "2024-10-21")
        );
        (openai.Provider, openai.Model, openai.ApiKey, openai.BaseAddress.AbsoluteUri).ShouldBe(
            ("openai", "gpt-4o", "sk-openai", "https://api.openai.com/v1")
        );
        (local.Provider, local.Model, local.ApiKey, local.Http2Cleartext).ShouldBe(
            ("local", "llama-3.1-8b", null, true)
        );
        local.Headers["X-Team"].ShouldBe("red");
    }

    [Fact]
    public void All_errors_are_reported_at_once_each_with_line_column_and_path()
    {
        var errors = Errors(
            Load(
                """
                rooting:
                  retries: 1
                routing:
                  retires: 3
                  cool_down: 30
                timeouts: [1, 2]
                memory:
                  request_bodies: lots
                on_client_disconnect: wait
                models:
                  - name: a
                    deployments: [nobody/x]
                    fallbacks: [bb]
                  - nmae: b
                """
            )
        );
        var at = $"{Folder}/tollgate.yaml:";
        errors.ShouldContain($"{at}1:1: error: rooting: There is no setting 'rooting' here. Did you mean 'routing'?");
        errors.ShouldContain(
            $"{at}4:3: error: routing.retires: There is no setting 'retires' here. Did you mean 'retries'?"
        );
        errors.ShouldContain(
            $"{at}5:14: error: routing.cool_down: '30' is not a duration with its unit (ms, s, m, h), such as 250ms, "
                + $"30s or 5m, above 0 and up to 24h."
        );
        errors.ShouldContain($"{at}6:11: error: timeouts: Expected a mapping of keys, found a list.");
        errors.ShouldContain(error =>
            error.StartsWith($"{at}8:19: error: memory.request_bodies: 'lots' is not a size", StringComparison.Ordinal)
        );
        errors.ShouldContain($"{at}9:23: error: on_client_disconnect: 'wait' is not one of cancel, drain.");
        errors.ShouldContain(error =>
            error.StartsWith(
                $"{at}12:19: error: models[0].deployments[0]: 'nobody/x' does not name a provider",
                StringComparison.Ordinal
            )
        );
        errors.ShouldContain($"{at}11:5: error: models[0]: The fallback 'bb' is not in the list of models.");
        errors.ShouldContain($"{at}14:5: error: models[1].nmae: There is no setting 'nmae' here. Did you mean 'name'?");
        errors.ShouldContain(error =>
            error.StartsWith($"{at}14:5: error: models[1]: This model has no name.", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void A_misplaced_setting_is_reported_with_its_place() =>
        Errors(Load("retries: 3")).ShouldHaveSingleItem().ShouldContain("Did you mean 'routing.retries'?");

    [Fact]
    public void A_deployment_whose_variable_is_not_set_is_left_out_with_a_warning()
    {
        Environment.Remove("AZURE_EU");
        var configuration = Load(Whole);
        configuration.HasErrors.ShouldBeFalse();
        Warnings(configuration).ShouldHaveSingleItem().ShouldContain("AZURE_EU is not set");
        configuration.Settings.Gateway.Routing.Groups[0].Deployments.ShouldHaveSingleItem().Provider.ShouldBe("openai");
    }

    [Fact]
    public void A_list_of_models_none_of_which_is_configured_serves_nothing_rather_than_everything()
    {
        Environment.Clear();
        Environment["ANTHROPIC_API_KEY"] = "sk-ant";
        var routing = Load("models: [{name: gpt-4o, deployments: [openai/gpt-4o]}]").Settings.Gateway.Routing;
        routing.Groups.ShouldBeEmpty();
        routing.Providers.ShouldBeEmpty();
    }

    [Fact]
    public void Without_models_the_providers_of_the_file_join_those_of_the_environment()
    {
        var routing = Load(
            "providers: {local: {base_url: 'http://gpu/v1'}, openai: {headers: {X-A: b}}}"
        ).Settings.Gateway.Routing;
        routing.Providers.Keys.ShouldBe(["local", "ollama", "openai"], ignoreOrder: true);
        routing.Providers["openai"].Headers["X-A"].ShouldBe("b");
        routing.Providers["openai"].ApiKey.ShouldBe("sk-openai");
    }

    [Fact]
    public void A_key_of_the_environment_is_not_sent_to_an_address_that_is_not_the_providers()
    {
        var providers = Load(
            "providers: {openai: {base_url: 'http://elsewhere.example/v1'}}"
        ).Settings.Gateway.Routing.Providers;
        providers["openai"].ApiKey.ShouldBeNull();
        Load("providers: {openai: {base_url: 'https://eu.api.openai.com/v1'}}")
            .Settings.Gateway.Routing.Providers["openai"]
            .ApiKey.ShouldBe("sk-openai");
    }

    [Theory]
    [InlineData("models: [{name: a, deployments: [openai/x]}, {name: a, deployments: [openai/y]}]", "is listed twice")]
    [InlineData("models: [{name: a, deployments: [openai/x], fallbacks: [a]}]", "falls back to itself")]
    [InlineData("models: [{name: a}]", "has no deployments")]
    [InlineData("models: [{name: a, deployments: [{model: openai/x, weight: 0}]}]", "'0' is not a whole number from 1")]
    [InlineData("models: [{name: a, deployments: [{provider: opnai, model: x}]}]", "Did you mean 'openai'?")]
    [InlineData("providers: {mine: {kind: azur}}", "Did you mean 'azure'?")]
    [InlineData("providers: {mine: {dialect: openai}}", "nor one with a base_url")]
    [InlineData("providers: {mine: {base_url: 'x y'}}", "is not an address")]
    [InlineData("providers: {mine: {base_url: 'http://x', headers: {Host: a}}}", "set by the gateway itself")]
    [InlineData("providers: {mine: {base_url: 'http://x', headers: {X: \"a\\nb\"}}}", "line break")]
    [InlineData("providers: {mine: {base_url: 'http://x', headers: {Content-Language: en}}}", "is a content header")]
    [InlineData("memory: {request_bodies: 1MiB}", "Raise memory.request_bodies")]
    [InlineData("listen: {urls: [8000]}", "is not an address to listen on")]
    [InlineData("models: {a: b}", "Expected a list, found a mapping")]
    [InlineData("- a", "Expected a mapping of keys, found a list")]
    [InlineData("registry: {require: [user]}", "'user' is not one of users, projects, applications, sessions")]
    [InlineData("data: '${OPEN'", "not closed")]
    [InlineData("data: '${}'", "does not contain a name")]
    [InlineData("providers: {mine: {base_url: 'http://127.0.0.1:8000/v1'}}", "would loop")]
    public void Errors_are_reported(string yaml, string message) =>
        Errors(Load(yaml)).ShouldHaveSingleItem().ShouldContain(message);

    [Fact]
    public void Required_attribution_is_configurable()
    {
        Load("").Settings.Gateway.RegistryRequirements.ShouldBe(RegistryRequirements.None);
        Load("registry: {require: [users, sessions]}")
            .Settings.Gateway.RegistryRequirements.ShouldBe(RegistryRequirements.Users | RegistryRequirements.Sessions);
        Environment["TOLLGATE_REGISTRY_REQUIRE"] = "projects;applications";
        Load("registry: {require: users}")
            .Settings.Gateway.RegistryRequirements.ShouldBe(
                RegistryRequirements.Projects | RegistryRequirements.Applications
            );
    }

    [Fact]
    public void Metrics_are_open_only_where_that_is_said()
    {
        Load("").Settings.AllowAnonymousMetrics.ShouldBeFalse();
        Load("metrics: {open: true}").Settings.AllowAnonymousMetrics.ShouldBeTrue();
    }

    [Fact]
    public void A_fallback_in_another_dialect_is_warned_of()
    {
        Environment["ANTHROPIC_API_KEY"] = "sk-ant";
        Warnings(
                Load(
                    "models: [{name: a, deployments: [openai/x], fallbacks: [b]}, {name: b, deployments: "
                        + "[anthropic/y]}]"
                )
            )
            .ShouldHaveSingleItem()
            .ShouldContain("uses a different dialect");
    }

    [Fact]
    public void Variables_are_put_in_with_their_defaults()
    {
        Environment["WHERE"] = "there";
        Load("data: '/x/${WHERE}/${NOWHERE:-here}/$$5/$a'").Settings.DataFolder.ShouldBe("/x/there/here/$5/$a");
        Load("data: os.environ/WHERE").Settings.DataFolder.ShouldBe(Path.Combine(Folder, "there"));
    }
}
