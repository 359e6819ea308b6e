using System.CommandLine;
using Tollgate.Cli.Parsing;
using Tollgate.Cli.Prices;
using Tollgate.Configuration;
using Tollgate.Metering.Pricing;
using Tollgate.Tests.Configuration;

namespace Tollgate.Tests.Cli;

public sealed class PricesCommandTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("tollgate-prices-").FullName;
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public void Lists_one_providers_prices_as_plain_lines_in_a_pipe()
    {
        Run("list", "--provider", "openai").ShouldBe(0);
        _output.ToString().ShouldContain("openai\tgpt-4o\t2.5\t1.25\t10\t\tbuiltin/2026-07/openai/gpt-4o");
        _output.ToString().ShouldNotContain("claude");
    }

    [Fact]
    public void Shows_every_rate_of_a_model_as_csv()
    {
        Run("show", "gpt-4o", "--provider", "openai", "--format", "csv").ShouldBe(0);
        _output.ToString().ShouldContain("openai,gpt-4o,batch,0,OutputText,5,million,");
    }

    [Fact]
    public void Shows_the_price_of_an_earlier_day()
    {
        Run("show", "gemini-2.5-flash", "--provider", "gemini", "--at", "2025-01-01").ShouldBe(0);
        _output.ToString().ShouldContain("historic price table, undated");
    }

    [Fact]
    public void Prints_json_that_reads_back_as_a_price_file()
    {
        Run("list", "--provider", "groq", "--format", "json").ShouldBe(0);
        PriceFile.Parse(_output.ToString(), "x").Problems.ShouldBeEmpty();
    }

    [Fact]
    public void An_unknown_model_fails_as_unpriced()
    {
        Run("show", "gpt-0").ShouldBe(1);
        _error.ToString().ShouldContain("gpt-0");
    }

    [Theory]
    [InlineData("list", "--format", "xml")]
    [InlineData("show", "gpt-4o", "--at", "soon")]
    [InlineData("show")]
    public void Wrong_usage_is_an_error_of_parsing(params string[] arguments) =>
        Command().Parse(arguments).Errors.ShouldNotBeEmpty();

    [Fact]
    public void Imported_prices_hold_from_their_first_day_and_what_was_not_understood_is_listed()
    {
        Import(
                """
                { "gpt-4o": { "litellm_provider": "openai", "input_cost_per_token": 9e-06,
                              "input_cost_per_image": 1 } }
                """,
                "2026-08-01"
            )
            .ShouldBe(0);
        _output
            .ToString()
            .ShouldContain("gpt-4o: fields not recognized, so usage of these kinds is unpriced: input_cost_per_image");

        Run("list", "--provider", "openai", "--at", "2026-08-01");
        _output.ToString().ShouldContain("openai\tgpt-4o\t9\t\t\t2026-08-01\t");
        _output.GetStringBuilder().Clear();
        Run("list", "--provider", "openai", "--at", "2026-07-31");
        _output.ToString().ShouldContain("openai\tgpt-4o\t2.5\t");
    }

    [Fact]
    public void An_import_keeps_other_own_prices_and_the_former_file()
    {
        Import("""{ "a": { "litellm_provider": "own", "input_cost_per_token": 1e-06 } }""", "2026-08-01");
        Import("""{ "b": { "litellm_provider": "own", "input_cost_per_token": 2e-06 } }""", "2026-08-01");
        PriceFile
            .Parse(File.ReadAllBytes(Path.Combine(_data, "prices.json")), "own")
            .Cards.Select(card => card.Model)
            .ShouldBe(["a", "b"]);
        File.Exists(Path.Combine(_data, "prices.json.bak")).ShouldBeTrue();
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    public void An_import_of_nothing_fails_and_writes_nothing(string json)
    {
        Import(json, "2026-08-01").ShouldBe(1);
        File.Exists(Path.Combine(_data, "prices.json")).ShouldBeFalse();
    }

    [Fact]
    public void A_broken_file_of_own_prices_is_named_with_the_place()
    {
        File.WriteAllText(Path.Combine(_data, "prices.json"), """{ "models": [ {} ] }""");
        Run("list").ShouldBe(1);
        _error.ToString().ShouldContain("models[0].model: is missing");
    }

    [Fact]
    public void The_price_file_and_the_data_folder_of_the_configuration_are_seen()
    {
        File.WriteAllText(Path.Combine(_data, "special.json"), OwnPrice("gpt-4o", "7"));
        Directory.CreateDirectory(Path.Combine(_data, "book"));
        File.WriteAllText(Path.Combine(_data, "book", "prices.json"), OwnPrice("gpt-4.1", "8"));
        var config = Path.Combine(_data, "config.yaml");
        File.WriteAllText(config, "data: book\nprices: {file: special.json}");

        Run("list", "--provider", "openai", "--config", config).ShouldBe(0);
        _output.ToString().ShouldContain("openai\tgpt-4o\t7\t");
        _output.ToString().ShouldContain("openai\tgpt-4.1\t8\t");
        _error.ToString().ShouldBeEmpty();

        ImportWith("""{ "a": { "litellm_provider": "own", "input_cost_per_token": 1e-06 } }""", "--config", config)
            .ShouldBe(0);
        File.ReadAllText(Path.Combine(_data, "book", "prices.json")).ShouldContain("\"a\"");
    }

    [Fact]
    public void A_configuration_with_errors_is_not_guessed_at()
    {
        var config = Path.Combine(_data, "config.yaml");
        File.WriteAllText(config, "price: {file: special.json}");

        Run("list", "--config", config).ShouldBe(ExitCodes.UsageError);
        _error.ToString().ShouldContain("Did you mean 'prices'?");
    }

    [Fact]
    public void A_broken_price_file_of_the_configuration_is_named()
    {
        File.WriteAllText(Path.Combine(_data, "special.json"), """{ "models": [ {} ] }""");
        var config = Path.Combine(_data, "config.yaml");
        File.WriteAllText(config, "prices: {file: special.json}");

        Run("show", "gpt-4o", "--config", config).ShouldBe(1);
        _error.ToString().ShouldContain($"{Path.Combine(_data, "special.json")}: models[0].model: is missing");
    }

    [Fact]
    public void The_example_on_the_page_is_a_price_file()
    {
        var page = File.ReadAllText(RepositoryFile.Path("docs/prices.md"));
        var example = page.Split("```json")[1].Split("```")[0];
        PriceFile.Parse(example, "own").Problems.ShouldBeEmpty();
    }

    private static string OwnPrice(string model, string input) =>
        $$"""
            { "provider": "openai", "source": "test",
              "models": [ { "model": "{{model}}",
                            "rates": [ { "usd_per_million": { "input": "{{input}}", "output": "10" } } ] } ] }
            """;

    private int Import(string json, string from) => ImportWith(json, "--from", from);

    private int ImportWith(string json, params string[] arguments)
    {
        var file = Path.Combine(_data, "litellm.json");
        File.WriteAllText(file, json);
        return Run(["import", file, .. arguments]);
    }

    private int Run(params string[] arguments) =>
        Command().Parse(arguments).Invoke(new InvocationConfiguration { Output = _output, Error = _error });

    private Command Command() =>
        PricesCommand.Create(
            () =>
                new ConfigurationRequest
                {
                    WorkingFolder = _data,
                    Environment = new Dictionary<string, string> { ["OPENAI_API_KEY"] = "sk" },
                    DefaultDataFolder = _data,
                    Now = TimeProvider.System.GetUtcNow(),
                },
            TimeProvider.System
        );
}
