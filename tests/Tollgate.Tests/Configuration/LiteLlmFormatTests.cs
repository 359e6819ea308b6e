using Tollgate.Gateway.Providers;

namespace Tollgate.Tests.Configuration;

public sealed class LiteLlmFormatTests : ConfigFolder
{
    private const string Realistic = """
        defaults: &keys
          rpm: 6000
        model_list:
          - model_name: gpt-4o
            litellm_params:
              <<: *keys
              model: azure/my-deployment
              api_base: os.environ/AZURE_API_BASE
              api_key: os.environ/AZURE_API_KEY
              api_version: "2025-01-01-preview"
            model_info: {base_model: azure/gpt-4o, mode: chat}
          - model_name: gpt-4o
            litellm_params:
              model: openai/gpt-4o
              rpm: 2000
              organization: org-7
              timeout: 30
          - model_name: claude
            litellm_params: {model: anthropic/claude-sonnet-4-5, extra_headers: {anthropic-beta: x}}
          - model_name: gemini
            litellm_params: {model: gemini/gemini-2.5-flash}
          - model_name: llama
            litellm_params: {model: groq/meta-llama/llama-4-scout-17b-16e-instruct}
          - model_name: qwen
            litellm_params: {model: together_ai/Qwen/Qwen3-Coder, api_key: "t-key"}
          - model_name: own
            litellm_params: {model: hosted_vllm/llama, api_base: "http://gpu:8000/v1", input_cost_per_token: 0.000001}
          - model_name: here
            litellm_params: {model: ollama/llama3, api_base: "http://localhost:11434"}
        litellm_settings:
          num_retries: 3
          request_timeout: 90.5
          drop_params: true
          callbacks: [prometheus]
          fallbacks: [{gpt-4o: [qwen, own]}]
          default_fallbacks: [llama]
        router_settings:
          routing_strategy: usage-based-routing-v2
          allowed_fails: 4
          cooldown_time: 20
          retry_after: 1
          model_group_alias: {gpt-4: gpt-4o}
        general_settings:
          master_key:
          max_request_size_mb: 32
          background_health_checks: true
        environment_variables:
          GEMINI_API_KEY: from-the-file
          OPENAI_API_KEY: overruled
        """;

    public LiteLlmFormatTests()
    {
        foreach (var name in new[] { "AZURE_API_KEY", "OPENAI_API_KEY", "ANTHROPIC_API_KEY", "GROQ_API_KEY" })
            Environment[name] = name.ToLowerInvariant();
        Environment["AZURE_API_BASE"] = "https://mine.openai.azure.com";
    }

    [Fact]
    public void A_realistic_file_loads()
    {
        var configuration = Load(Realistic);
        Errors(configuration).ShouldBeEmpty();
        var routing = configuration.Settings.Gateway.Routing;
        routing
            .Groups.SelectMany(group =>
                group.Deployments.Select(deployment =>
                    $"{group.Name} -> {deployment.Name} {deployment.ApiKey} {deployment.BaseAddress} "
                    + $"{deployment.Weight}"
                )
            )
            .ShouldBe([
                "gpt-4o -> azure/my-deployment azure_api_key https://mine.openai.azure.com/ 1000",
                "gpt-4o -> openai/gpt-4o openai_api_key https://api.openai.com/v1 333",
                "claude -> anthropic/claude-sonnet-4-5 anthropic_api_key https://api.anthropic.com/ 1000",
                "gemini -> gemini/gemini-2.5-flash from-the-file https://generativelanguage.googleapis.com/ 1000",
                "llama -> groq/meta-llama/llama-4-scout-17b-16e-instruct groq_api_key https://api.groq.com/openai/v1 "
                    + "1000",
                "qwen -> together/Qwen/Qwen3-Coder t-key https://api.together.xyz/v1 1000",
                "own -> vllm/llama  http://gpu:8000/v1 1000",
                "here -> ollama/llama3  http://localhost:11434/v1 1000",
                "gpt-4 -> azure/my-deployment azure_api_key https://mine.openai.azure.com/ 1000",
                "gpt-4 -> openai/gpt-4o openai_api_key https://api.openai.com/v1 333",
            ]);
        routing.Groups[0].Fallbacks.ShouldBe(["qwen", "own"]);
        routing.Groups[1].Fallbacks.ShouldBe(["llama"]);
        (routing.Retries, routing.AllowedFailures).ShouldBe((3, 5));
        (routing.FirstByteTimeout, routing.CoolDown, routing.RetryDelay).ShouldBe(
            (TimeSpan.FromSeconds(90.5), TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(1))
        );
        configuration.Settings.Gateway.MaxRequestBodyBytes.ShouldBe(32L << 20);
    }

    [Fact]
    public void Azures_deployment_is_priced_as_its_base_model()
    {
        var azure = Load(Realistic).Settings.Gateway.Routing.Groups[0].Deployments[0];
        (azure.Provider, azure.Model, azure.PricedAs, azure.ApiVersion, azure.KeyPlacement).ShouldBe(
            ("azure", "my-deployment", "gpt-4o", "2025-01-01-preview", KeyPlacement.ApiKey)
        );
    }

    [Fact]
    public void Keys_that_are_not_used_are_listed()
    {
        var warnings = string.Join('\n', Warnings(Load(Realistic)));
        foreach (
            var key in new[]
            {
                "drop_params",
                "callbacks",
                "background_health_checks",
                "input_cost_per_token",
                "timeout",
                "usage-based-routing-v2",
                "model_info.mode",
                "defaults",
                "rpm and tpm only set",
            }
        )
            warnings.ShouldContain(key);
        warnings.ShouldNotContain("master_key");
    }

    [Theory]
    [InlineData("general_settings: {master_key: sk-1234}", "general_settings.master_key", "tollgate keys create")]
    [InlineData("general_settings: {custom_auth: my.auth}", "general_settings.custom_auth", "tollgate keys create")]
    [InlineData(
        "general_settings: {enable_jwt_auth: true}",
        "general_settings.enable_jwt_auth",
        "tollgate keys create"
    )]
    [InlineData("general_settings: {allowed_ips: [10.0.0.1]}", "general_settings.allowed_ips", "controls access")]
    [InlineData(
        "general_settings: {max_parallel_requests: 5}",
        "general_settings.max_parallel_requests",
        "would not enforce"
    )]
    [InlineData(
        "litellm_settings: {max_budget: 10, budget_duration: 30 centuries}",
        "litellm_settings.budget_duration",
        "'30 centuries' is not a time such as 30d"
    )]
    [InlineData("litellm_settings: {max_budget: 0}", "litellm_settings.max_budget", "would reject every call")]
    [InlineData(
        "litellm_settings: {default_team_settings: [{team_id: a, x: {soft_budget: 3}}]}",
        "default_team_settings[0].x.soft_budget",
        "would not enforce"
    )]
    [InlineData(
        "router_settings: {provider_budget_config: {openai: {budget_limit: 1}}}",
        "router_settings.provider_budget_config",
        "would not enforce"
    )]
    [InlineData(
        "model_list: [{model_name: a, litellm_params: {model: openai/x, max_budget: 1}}]",
        "model_list[0].litellm_params.max_budget",
        "would not enforce"
    )]
    [InlineData(
        "model_list: [{model_name: a, litellm_params: {model: openai/x}, tpm_limit: 5}]",
        "model_list[0].tpm_limit",
        "would not enforce"
    )]
    public void An_unsupported_setting_that_restricts_access_is_an_error(string yaml, string path, string message)
    {
        var error = Errors(Load(yaml)).First();
        error.ShouldContain(path);
        error.ShouldContain(message);
        error.ShouldNotContain("sk-1234");
    }

    [Theory]
    [InlineData("general_settings: {enable_jwt_auth: false}")]
    [InlineData("litellm_settings: {max_budget: null}")]
    public void A_disabled_lock_is_not_an_error(string yaml) => Errors(Load(yaml)).ShouldBeEmpty();

    [Theory]
    [InlineData("gpt-4o", "", "openai/gpt-4o")]
    [InlineData("claude-3-haiku-20240307", "", "anthropic/claude-3-haiku-20240307")]
    [InlineData(
        "meta-llama/llama-4-scout-17b-16e-instruct",
        "api_key: '${GROQ_API_KEY}'",
        "groq/meta-llama/llama-4-scout-17b-16e-instruct"
    )]
    [InlineData("meta-llama/llama-4-scout-17b-16e-instruct", "", "groq/meta-llama/llama-4-scout-17b-16e-instruct")]
    [InlineData("openai/gpt-oss-120b", "api_key: '${GROQ_API_KEY}'", "groq/openai/gpt-oss-120b")]
    [InlineData("openai/gpt-4o", "api_key: os.environ/GROQ_API_KEY", "openai/gpt-4o")]
    [InlineData("some-new-model", "api_key: os.environ/GROQ_API_KEY_2", "groq/some-new-model")]
    [InlineData("some-new-model", "api_base: https://api.groq.com/openai/v1, api_key: x", "groq/some-new-model")]
    [InlineData("some-new-model", "api_base: http://gpu/v1", "openai/some-new-model")]
    [InlineData("some-new-model", "custom_llm_provider: together_ai, api_key: x", "together/some-new-model")]
    public void A_models_provider_is_found(string model, string more, string name)
    {
        Environment["GROQ_API_KEY_2"] = "second";
        var configuration = Load(
            $"model_list: [{{model_name: m, litellm_params: {{model: "
                + $"'{model}'{(more.Length > 0 ? ", " + more : "")}}}}}]"
        );
        Errors(configuration).ShouldBeEmpty();
        configuration
            .Settings.Gateway.Routing.Groups.ShouldHaveSingleItem()
            .Deployments.ShouldHaveSingleItem()
            .Name.ShouldBe(name);
    }

    [Theory]
    [InlineData("some-new-model", "the price list does not contain it")]
    [InlineData("meta-llama/some-new-model", "the price list does not contain it")]
    [InlineData("bedrock/anthropic.claude-v2", "The provider 'bedrock' is not supported")]
    public void A_model_without_a_known_provider_is_an_error(string model, string message) =>
        Errors(Load($"model_list: [{{model_name: m, litellm_params: {{model: '{model}'}}}}]"))
            .ShouldHaveSingleItem()
            .ShouldContain(message);

    [Fact]
    public void A_wildcard_passes_any_model_of_its_provider_on()
    {
        var routing = Load(
            "model_list: [{model_name: 'openai/*', litellm_params: {model: 'openai/*'}}, {model_name: a, "
                + "litellm_params: {model: openai/x}}]"
        ).Settings.Gateway.Routing;
        routing.Providers.Keys.ShouldBe(["openai"]);
        routing.Groups.ShouldHaveSingleItem();
    }

    [Fact]
    public void Keys_of_two_formats_in_one_file_are_an_error() =>
        Errors(Load("{model_list: [], models: []}"))
            .ShouldHaveSingleItem()
            .ShouldContain("'models' belongs to tollgate.yaml");

    [Theory]
    [InlineData("{model_list: [{litellm_params: {model: a}}]}", "no model_name")]
    [InlineData("{model_list: [{model_name: a}]}", "no litellm_params.model")]
    [InlineData("{model_list: [], router_settings: {fallbacks: [{a: [b]}]}}", "is not in model_list")]
    [InlineData("{model_list: [], router_settings: {fallbacks: {a: [b]}}}", "A list such as")]
    [InlineData("{model_list: [], router_settings: {model_group_alias: {a: b}}}", "which is not in model_list")]
    [InlineData("{model_list: [{model_name: 'gpt-*', litellm_params: {model: 'openai/gpt-*'}}]}", "is not supported")]
    [InlineData("{model_list: [null]}", "is empty")]
    public void Errors_are_reported(string yaml, string message) =>
        Errors(Load(yaml)).ShouldHaveSingleItem().ShouldContain(message);

    [Theory]
    [InlineData("weight")]
    [InlineData("rpm")]
    [InlineData("tpm")]
    public void A_model_of_which_every_deployment_has_weight_0_is_refused(string share) =>
        Errors(
                Load(
                    $"model_list: [{{model_name: a, litellm_params: {{model: openai/x, {share}: 0}}}}, {{model_name: "
                        + $"a, litellm_params: {{model: openai/y, {share}: 0}}}}]"
                )
            )
            .ShouldHaveSingleItem()
            .ShouldBe(
                $"{Folder}/tollgate.yaml:1:14: error: model_list[0]: Every deployment of the model 'a' has weight 0, "
                    + $"so no call could be routed. Give one a larger weight, rpm or tpm, or take the model out of "
                    + $"the list."
            );

    [Fact]
    public void A_deployment_of_weight_0_is_left_out_of_its_model()
    {
        Environment["OPENAI_API_KEY"] = "sk";
        Load(
            "model_list: [{model_name: a, litellm_params: {model: openai/x, weight: 0}}, {model_name: a, "
                + "litellm_params: {model: openai/y, weight: 1}}]"
        )
            .Settings.Gateway.Routing.Groups.Single()
            .Deployments.Select(deployment => deployment.Model)
            .ShouldBe(["y"]);
    }
}
