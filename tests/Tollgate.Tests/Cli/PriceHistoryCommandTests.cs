using Tollgate.Accounting.Rerating;
using Tollgate.Gateway.Recording;
using Tollgate.Testing;
using Tollgate.Testing.Gateways;

namespace Tollgate.Tests.Cli;

/// <summary>Comparing prices and pricing again, as processes.</summary>
[Trait("Needs", "Process")]
public sealed class PriceHistoryCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_comparison_names_what_was_added_removed_and_changed()
    {
        var old = Write("old.json", Model("a", "1", "2"), Model("gone", "1", "1"));
        var now = Write("new.json", Model("a", "1.5", "2"), Model("fresh", "3", "3"));
        var (output, error, _) = await RunAsync("prices", "diff", old, now, "--format", "csv");
        output
            .Split('\n')
            .ShouldBe([
                "change,provider,model,tier,above_input_tokens,kind,old_usd,new_usd,percent,per",
                "changed,own,a,standard,0,InputText,1,1.5,50,million",
                "added,own,fresh,standard,0,InputText,,3,,million",
                "added,own,fresh,standard,0,OutputText,,3,,million",
                "removed,own,gone,standard,0,InputText,1,,,million",
                "removed,own,gone,standard,0,OutputText,1,,,million",
            ]);
        error.ShouldBe("2 rates added, 2 removed, 1 changed.");
    }

    [Fact]
    public async Task Days_and_versions_of_the_catalogue_can_be_compared()
    {
        (await RunAsync("prices", "diff", "2025-01-01", "2026-11-01")).Error.ShouldContain("changed");
        (await RunAsync("prices", "diff", "builtin", "builtin")).Error.ShouldBe("The prices are the same.");
        var litellm = Path.Combine(_folder.Path, "litellm.json");
        File.WriteAllText(litellm, """{ "gpt-4o": { "litellm_provider": "openai", "input_cost_per_token": 5e-06 } }""");
        (await RunAsync("prices", "diff", "builtin", litellm)).Output.ShouldContain(
            "changed\topenai\tgpt-4o\tstandard\t0\tInputText\t2.5\t5\t100\tmillion"
        );
        var (_, error, exitCode) = await RunAsync("prices", "diff", "builtin", "nonsense");
        exitCode.ShouldBe(1);
        error.ShouldStartWith("tollgate: 'nonsense' is not a valid price list");
    }

    [Fact]
    public async Task Pricing_again_shows_asks_and_books_once()
    {
        await RunAsync(
            "track",
            "--model",
            "a",
            "--provider",
            "own",
            "--prompt-tokens",
            "1000000",
            "--timestamp",
            "2026-10-01T10:00:00Z"
        );
        await RunAsync(
            "track",
            "--model",
            "a",
            "--provider",
            "own",
            "--prompt-tokens",
            "10",
            "--cost",
            "0.5",
            "--timestamp",
            "2026-10-01T10:00:00Z"
        );
        Write("prices.json", Model("a", "2", "2"));

        var dry = await RunAsync("prices", "rerate", "--dry-run", "--format", "csv");
        dry.Output.ShouldBe(
            "provider,model,calls,changed,repriced,cost_before_usd,cost_after_usd,difference_usd\nown,a,1,1,1,0,2,2"
        );
        dry.Error.ShouldContain("1 corrections would be recorded, 2 USD in total.");
        dry.Error.ShouldContain("1 calls keep the cost that the caller reported");
        (await RunAsync("prices", "rerate")).ExitCode.ShouldBe(1, "nobody is there to answer");
        (await RunAsync("prices", "rerate", "--model", "b", "-y")).Error.ShouldContain("nothing to do");
        (await RunAsync("prices", "rerate", "--from", "2026-10-02", "-y")).Error.ShouldContain("nothing to do");

        (await RunAsync("prices", "rerate", "-y")).Error.ShouldContain("Recorded 1 corrections, 2 USD in total.");
        (await RunAsync("prices", "rerate", "-y")).Error.ShouldContain("nothing to do");
        (await RunAsync("stats", "--format", "csv"))
            .Output.Split('\n')[1]
            .ShouldStartWith("2,0,0,0,1000010,0,0,0,1000010,2.5,", customMessage: "two calls, none of them unpriced");
        Write("prices.json", Model("a", "1", "2"));
        (await RunAsync("prices", "rerate", "-y")).Error.ShouldContain("Recorded 1 corrections, -1 USD in total.");
        (await RunAsync("export", "--format", "focus")).Error.ShouldContain("1.5 USD in total.");
    }

    [Fact]
    public void Records_that_gateways_book_as_not_billed_keep_their_cost() =>
        RecordPricer.NotBilled.ShouldBe(CallPricer.NotBilled);

    private string Write(string name, params string[] models)
    {
        var path = Path.Combine(_folder.Path, name);
        File.WriteAllText(
            path,
            $$"""{ "provider": "own", "source": "test", "models": [ {{string.Join(", ", models)}} ] }"""
        );
        return path;
    }

    private static string Model(string name, string input, string output) =>
        $$"""
            {
              "model": "{{name}}",
              "rates": [ { "usd_per_million": { "input": "{{input}}", "output": "{{output}}" } } ]
            }
            """;

    private async Task<(string Output, string Error, int ExitCode)> RunAsync(params string[] arguments)
    {
        var command = await CommandRun.RunProgramAsync([.. arguments, "--data", _folder.Path]);
        return (command.Output.Trim(), command.Error.Trim(), command.ExitCode);
    }
}
