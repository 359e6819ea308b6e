using Tollgate.Cli.Simulations;
using Tollgate.Cli.Usage;
using Tollgate.Testing;
using Tollgate.Testing.Gateways;

namespace Tollgate.Tests.Cli;

public sealed class WhatIfCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Prices_real_calls_by_another_model_by_project_and_user()
    {
        await Track("ann", "web", "gpt-4o", 1_000_000, 100_000, "2026-09-01T10:00:00Z");
        await Track("bob", "api", "gpt-4o", 2_000_000, 10, "2026-10-11T10:00:00Z");

        var run = await WhatIf("--model", "gpt-4o-mini", "--format", "csv");

        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.ShouldBe(
            """
            project,user,calls,tokens,cost_usd,whatif_usd,difference_usd,unpriced
            api,bob,1,2000010,5.0001,0.300006,-4.700094,0
            web,ann,1,1100000,3.5,0.21,-3.29,0
            (all),,2,3100010,8.5001,0.510006,-7.990094,0

            """.ReplaceLineEndings("\n")
        );
        (await WhatIf("--model", "gpt-4o-mini", "--to", "2026-09-30", "--format", "csv")).Rows[^1][2].ShouldBe("1");
    }

    [Fact]
    public async Task Prices_another_cache_rate_exactly()
    {
        await Track("ann", "web", "gpt-4o", 1_000_001, 0, "2026-09-01T10:00:00Z");

        // 400,000 at 1.25 and 600,001 at 2.50 for a million.
        (await WhatIf("--cache-rate", "0.4", "--format", "csv"))
            .Rows[0][5]
            .ShouldBe("2.0000025");
        (await WhatIf("--cache-rate", "1.4")).ExitCode.ShouldBe(2);
        (await WhatIf("--cache-rate", "NaN")).Error.ShouldContain(
            "--cache-rate must be a number such as 0.25, not 'NaN'."
        );
    }

    [Fact]
    public async Task Counts_and_names_what_has_no_price_instead_of_taking_it_for_nothing()
    {
        await Track("ann", "web", "gpt-4o", 1000, 0, "2026-09-01T10:00:00Z");
        await Track("ann", "web", "mystery", 1000, 0, "2026-09-02T10:00:00Z");

        var run = await WhatIf("--cache-rate", "0", "--format", "csv");

        run.Rows[0][6..].ShouldBe(["", "1"], "a difference of other calls is none");
        run.Error.ShouldContain(
            "Unpriced: 1 calls, not included in whatif_usd: openai/mystery: no price on 2026-09-02."
        );
        run.Error.ShouldContain("1 calls have no recorded cost");
        run.ExitCode.ShouldBe(0);
        var unknown = await WhatIf("--model", "nosuch");
        unknown.Error.ShouldContain(
            "Unpriced: 2 calls, not included in whatif_usd: any provider/nosuch: no price from 2026-09-01 to "
                + "2026-09-02."
        );
        unknown.ExitCode.ShouldBe(1, "there is no answer where nothing has a price");
    }

    [Fact]
    public async Task Bills_whole_months_under_a_plan_and_a_contract_goes_on_where_nothing_is_used()
    {
        await Track("ann", "web", "gpt-4o", 1_500_000, 0, "2026-08-01T10:00:00Z");
        await Track("bob", "web", "gpt-4o", 500_000, 0, "2026-10-31T23:59:59Z");
        var plans = Path.Combine(_folder.Path, "plans.yaml");
        File.WriteAllText(
            plans,
            """
            - {kind: bundle, name: pool, fee: 5, includedTokens: 1000000, overage: gpt-4o}
            - {kind: flat, name: flat, chargedPer: organisation, fee: 9} # The spelling of earlier versions.
            """
        );

        var run = await WhatIf("--plan", plans, "--format", "csv");

        run.ExitCode.ShouldBe(0, run.Error);
        run.Rows.Select(static row => $"{row[0]} {row[1]} {row[2]} {row[5]} {row[6]}")
            .ShouldBe([
                "pool 2026-08 ann 3.75 6.25",
                "pool 2026-09 ann 0 5",
                "pool 2026-10 ann 0 5",
                "pool 2026-10 bob 1.25 5",
                "flat 2026-08  3.75 9",
                "flat 2026-09  0 9",
                "flat 2026-10  1.25 9",
            ]);
    }

    [Fact]
    public async Task Refuses_a_period_without_calls_and_a_question_without_an_answer()
    {
        await Track("ann", "web", "gpt-4o", 1000, 0, "2026-09-01T10:00:00Z");

        var empty = await WhatIf("--model", "gpt-4o", "--from", "2026-10-01");
        empty.ExitCode.ShouldBe(1);
        empty.Error.ShouldContain("The ledger has no call from 2026-10-01");
        (await WhatIf()).ExitCode.ShouldBe(2);
        (await WhatIf("--model", "gpt-4o", "--plan", "p.yaml")).ExitCode.ShouldBe(2);
    }

    [Fact]
    public async Task The_ledgers_user_months_can_be_simulated_and_its_columns_analysed()
    {
        for (var call = 1; call <= 12; call++)
            await Track("ann", "web", "gpt-4o", 1000 * call, 10 * call * call, $"2026-09-{call:00}T10:00:00Z");
        var plans = Path.Combine(_folder.Path, "plans.yaml");
        File.WriteAllText(plans, "[{kind: per-token, name: book, rates: gpt-4o}]");

        var run = await CommandRun.RunAsync(
            SimulateCommand.Create(TimeProvider.System),
            "run",
            "--ledger",
            "--plans",
            plans,
            "--trials",
            "2000",
            "--format",
            "csv",
            "--data",
            _folder.Path
        );
        // 78,000 tokens in, 6,500 out: the one month there is, drawn again and again.
        run.Rows[0][1].ShouldBe("0.26", run.Error);
        (
            await CommandRun.RunAsync(
                AnalyzeCommand.Create(TimeProvider.System),
                "correlations",
                "--ledger",
                "--level",
                "0.8",
                "--format",
                "csv",
                "--data",
                _folder.Path
            )
        )
            .Rows.First(static row => row[2] == "kendall_tau_b")[3]
            .ShouldBe("1");
        (
            await CommandRun.RunAsync(
                AnalyzeCommand.Create(TimeProvider.System),
                "risk",
                "--ledger",
                "--columns",
                "cost_eur",
                "--data",
                _folder.Path
            )
        ).Error.ShouldContain("Its columns are input_tokens");
    }

    private async Task Track(string user, string project, string model, int input, int output, string at) =>
        (
            await CommandRun.RunAsync(
                TrackCommand.Create(TimeProvider.System),
                "--username",
                user,
                "--project",
                project,
                "--model",
                model,
                "--provider",
                "openai",
                "--prompt-tokens",
                $"{input}",
                "--completion-tokens",
                $"{output}",
                "--timestamp",
                at,
                "--data",
                _folder.Path
            )
        ).ExitCode.ShouldBe(0);

    private Task<CommandRun> WhatIf(params string[] arguments) =>
        CommandRun.RunAsync(WhatIfCommand.Create(TimeProvider.System), [.. arguments, "--data", _folder.Path]);
}
