using Tollgate.Gateway.Providers;

namespace Tollgate.Tests.Configuration;

public sealed class EnvironmentProviderTests : ConfigFolder
{
    [Theory]
    [InlineData("OPENAI_API_KEY", "openai")]
    [InlineData("ANTHROPIC_API_KEY", "anthropic")]
    [InlineData("GEMINI_API_KEY", "gemini")]
    [InlineData("GOOGLE_API_KEY", "gemini")]
    [InlineData("GROQ_API_KEY", "groq")]
    [InlineData("TOGETHER_API_KEY", "together")]
    [InlineData("MISTRAL_API_KEY", "mistral")]
    public void A_key_makes_its_provider_usable(string variable, string provider)
    {
        Environment[variable] = " the-key ";
        var configuration = Load();
        configuration.Problems.ShouldBeEmpty();
        configuration.Settings.Gateway.Routing.Providers[provider].ApiKey.ShouldBe("the-key");
        configuration.Settings.Gateway.Routing.Providers.Keys.ShouldBe([provider, "ollama"], ignoreOrder: true);
    }

    [Fact]
    public void A_warning_is_logged_without_any_key() =>
        Warnings(Load()).ShouldHaveSingleItem().ShouldContain("OPENAI_API_KEY");

    [Fact]
    public void An_address_and_an_organization_come_from_the_environment()
    {
        Environment["OPENAI_API_KEY"] = "k";
        Environment["OPENAI_BASE_URL"] = "http://127.0.0.1:8090/v1";
        Environment["OPENAI_ORG_ID"] = "org-1";
        var openai = Load().Settings.Gateway.Routing.Providers["openai"];
        openai.BaseAddress.ShouldBe(new Uri("http://127.0.0.1:8090/v1"));
        openai.Headers["OpenAI-Organization"].ShouldBe("org-1");
        openai.Dialect.ShouldBe(WireDialect.OpenAI);
    }

    [Theory]
    [InlineData("OPENAI_BASE_URL", "nonsense", "OPENAI_BASE_URL is not an address")]
    [InlineData("OPENAI_BASE_URL", "http://localhost:8000/v1", "would loop")]
    [InlineData("OPENAI_API_KEY", "sk-a\nsk-b", "contains a space, a line break")]
    public void A_wrong_variable_is_an_error_that_does_not_show_it(string variable, string value, string message)
    {
        Environment["OPENAI_API_KEY"] = "sk-secret";
        Environment[variable] = value;
        var error = Errors(Load()).ShouldHaveSingleItem();
        error.ShouldContain(message);
        error.ShouldNotContain("sk-");
    }

    [Fact]
    public void No_text_of_a_configuration_shows_a_key()
    {
        Environment["OPENAI_API_KEY"] = "sk-very-secret";
        var configuration = Load(
            "providers: {mine: {base_url: 'http://x/v1', api_key: literal-secret, headers: {X-Key: header-secret}}}"
        );
        var routing = configuration.Settings.Gateway.Routing;
        string[] texts =
        [
            configuration.ToString(),
            configuration.Settings.ToString(),
            routing.ToString(),
            .. routing.Providers.Values.Select(provider => provider.ToString()),
            Request.ToString(),
        ];
        string.Concat(texts).ShouldNotContain("secret");
    }
}
