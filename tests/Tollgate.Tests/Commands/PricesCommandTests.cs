using System.CommandLine;
using Tollgate.Commands;
using Tollgate.Metering.Pricing;

namespace Tollgate.Tests.Commands;

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
    public void An_unknown_model_fails_and_says_that_it_is_unpriced()
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
        Import("""{ "gpt-4o": { "litellm_provider": "openai", "input_cost_per_token": 9e-06, "input_cost_per_image": 1 } }""", "2026-08-01").ShouldBe(0);
        _output.ToString().ShouldContain("gpt-4o: not understood, so usage of that kind is unpriced: input_cost_per_image");

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
        PriceFile.Parse(File.ReadAllBytes(Path.Combine(_data, "prices.json")), "own").Cards.Select(card => card.Model).ShouldBe(["a", "b"]);
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

    private int Import(string json, string from)
    {
        var file = Path.Combine(_data, "litellm.json");
        File.WriteAllText(file, json);
        return Run("import", file, "--from", from);
    }

    private int Run(params string[] arguments) =>
        Command().Parse(arguments).Invoke(new InvocationConfiguration { Output = _output, Error = _error });

    private Command Command() => PricesCommand.Create(_ => _data, TimeProvider.System);
}
