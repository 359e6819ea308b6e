using Tollgate.Configuration.Settings;
using Tollgate.Gateway.Providers;
using Tollgate.Gateway.Routing;

namespace Tollgate.Tests.Configuration;

/// <summary>The precedence of stored keys: after the configuration's, before the environment's.</summary>
public sealed class StoredKeyTests : ConfigFolder
{
    private static readonly Dictionary<string, string> Stored = new() { ["openai"] = "sk-stored", ["mine"] = "k-mine" };

    [Fact]
    public void A_stored_key_makes_a_provider_usable_that_has_no_other()
    {
        var routes = Load().Settings.Routes!;

        var openai = routes.Build(Stored).Providers["openai"];

        (openai.ApiKey, openai.KeySource, openai.KeyVariable).ShouldBe(("sk-stored", KeySource.Registry, null));
        routes.Build(new Dictionary<string, string>()).Providers.Keys.ShouldBe(["ollama"]);
    }

    [Fact]
    public void A_stored_key_precedes_the_one_of_the_environment()
    {
        Environment["OPENAI_API_KEY"] = "sk-environment";
        var routes = Load().Settings.Routes!;

        routes.Build(Stored).Providers["openai"].ApiKey.ShouldBe("sk-stored");
        var without = routes.Build(new Dictionary<string, string>()).Providers["openai"];
        (without.ApiKey, without.KeySource, without.KeyVariable).ShouldBe(
            ("sk-environment", KeySource.Environment, "OPENAI_API_KEY")
        );
    }

    [Theory]
    [InlineData("providers: {openai: {api_key: sk-file}}")]
    [InlineData("models: [{name: m, deployments: [{model: openai/gpt-4o, api_key: sk-file}]}]")]
    [InlineData("model_list: [{model_name: m, litellm_params: {model: openai/gpt-4o, api_key: sk-file}}]")]
    public void A_key_of_the_configuration_precedes_a_stored_one(string yaml)
    {
        var openai = Find(Load(yaml).Settings.Routes!, Stored);

        (openai!.ApiKey, openai.KeySource).ShouldBe(("sk-file", KeySource.Configuration));
    }

    [Theory]
    [InlineData("providers: {openai: {api_key: '${ABSENT}'}}")]
    [InlineData("models: [{name: m, deployments: [{model: openai/gpt-4o, api_key: '${ABSENT}'}]}]")]
    [InlineData("model_list: [{model_name: m, litellm_params: {model: openai/gpt-4o, api_key: 'os.environ/ABSENT'}}]")]
    public void A_stored_key_is_used_where_the_variable_of_a_key_is_not_set(string yaml)
    {
        var routes = Load(yaml).Settings.Routes!;

        Find(routes, Stored)!.ApiKey.ShouldBe("sk-stored");
        Find(routes, new Dictionary<string, string>()).ShouldBeNull();
    }

    [Theory]
    [InlineData("models: [{name: m, deployments: [{model: openai/x, base_url: 'http://elsewhere.example/v1'}]}]")]
    [InlineData(
        "model_list: [{model_name: m, litellm_params: {model: openai/x, api_base: 'http://elsewhere.example/v1'}}]"
    )]
    public void A_stored_key_is_not_sent_to_an_address_that_a_deployment_states_for_itself(string yaml) =>
        Find(Load(yaml).Settings.Routes!, Stored)!.ApiKey.ShouldBeNull();

    [Fact]
    public void A_stored_key_is_sent_to_the_address_that_the_file_declares_for_its_provider()
    {
        var routes = Load("providers: {mine: {base_url: 'http://gpu.example/v1'}}").Settings.Routes!;

        routes.Build(Stored).Providers["mine"].ApiKey.ShouldBe("k-mine");
    }

    [Fact]
    public void Providers_are_listed_with_the_reason_why_they_are_not_configured()
    {
        Environment["GROQ_API_KEY"] = "gsk";
        var providers = Load().Settings.Routes!.ListProviders(Stored).ToDictionary(static each => each.Id);

        providers["openai"].Template!.KeySource.ShouldBe(KeySource.Registry);
        providers["groq"].Template!.KeySource.ShouldBe(KeySource.Environment);
        providers["anthropic"].Template.ShouldBeNull();
        providers["anthropic"].Reason.ShouldBe("ANTHROPIC_API_KEY is not set");
        providers.Keys.ShouldBe(KnownProviders.ById.Keys, ignoreOrder: true);
    }

    private static Deployment? Find(RouteSource routes, Dictionary<string, string> keys)
    {
        var routing = routes.Build(keys);
        return routing
            .Groups.SelectMany(static group => group.Deployments)
            .Concat(routing.Providers.Values)
            .SingleOrDefault(static deployment => deployment.Provider == "openai");
    }
}
