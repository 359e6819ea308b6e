using System.Text.Json;
using System.Xml.Linq;
using Tollgate.Cli.Simulations;
using Tollgate.Testing;
using Tollgate.Testing.Gateways;

namespace Tollgate.Tests.Cli;

public sealed class SimulateCommandTests : IDisposable
{
    private const string Sure = """
        workload: {users: 2, requests: 10, input_tokens: 100000, outputTokens: 0}
        plans:
          - {kind: per-token, name: book, rates: openai/gpt-4o}
          - {kind: bundle, name: pool, fee: 1, includedTokens: 500000, overage: {input: 4, output: 4}}
          - {kind: flat, name: flat, chargedPer: organization, fee: 9}
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Charges_whole_months_of_each_user_at_the_price_book()
    {
        var run = await Run(
            "run",
            Write("s.yaml", Sure),
            "--trials",
            "2000",
            "--format",
            "csv",
            "--percentiles",
            "50",
            "95"
        );

        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.ShouldStartWith("plan,mean,");
        // 1,000,000 tokens of each of 2 users: 2 × 2.5; 2 × (1 + 0.5 × 4); once 9.
        run.Rows.Select(static row => $"{row[0]} {row[1]}").ShouldBe(["book 5", "pool 6", "flat 9"]);
    }

    [Fact]
    public async Task The_example_runs_and_the_same_seed_gives_the_same_bytes_on_any_number_of_threads()
    {
        var example = Write("example.yaml", (await Run("example")).Output);

        var one = await Run("run", example, "--trials", "3000", "--threads", "1", "--format", "json");
        var three = await Run("run", example, "--trials", "3000", "--threads", "3", "--format", "json");
        var other = await Run("run", example, "--trials", "3000", "--seed", "7", "--format", "json");

        one.ExitCode.ShouldBe(0, one.Error);
        three.Output.ShouldBe(one.Output);
        other.Output.ShouldNotBe(one.Output);
        var report = JsonDocument.Parse(one.Output).RootElement.GetProperty("report");
        report.GetProperty("plans").GetArrayLength().ShouldBe(5);
        report.GetProperty("plans")[0].GetProperty("percentiles").GetArrayLength().ShouldBe(99);
    }

    [Fact]
    public async Task Names_every_problem_of_a_scenario_with_its_place_and_what_is_allowed()
    {
        var file = Write(
            "bad.yaml",
            """
            seed: x
            workload:
              {requests: .nan, inputTokens: {family: foo}, outputTokens: {family: lognormal, mean: -3, cv: 1}, hm: 3}
            plans:
            - {kind: barter, name: a}
            - {kind: flat, name: b}
            - {kind: per-token, name: c, rates: gpt-99}
            """
        );

        var run = await Run("run", file);

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("bad.yaml:1:7: error: seed: 'x' is not a whole number of at least 0.");
        run.Error.ShouldContain("workload.requests: '.nan' is not a number");
        run.Error.ShouldContain("workload.inputTokens.family: 'foo' is unknown: it must be one of lognormal, gamma,");
        run.Error.ShouldContain("workload.outputTokens.mean: The mean must be above 0, but is -3.");
        run.Error.ShouldContain("workload.hm: 'hm' is not a known key here.");
        run.Error.ShouldContain("plans[0].kind: 'barter' is unknown: it must be one of per-token, flat,");
        run.Error.ShouldContain("plans[1].fee: 'fee' is missing");
        run.Error.ShouldContain("bad.yaml:7:37: error: plans[2].rates: There is no price for a model 'gpt-99'");
    }

    [Theory]
    [InlineData("fee: 9", "fee: -9", "s.yaml:5:61: error: plans[2].fee: This must be 0 or more, but is -9.")]
    [InlineData("input: 4", "input: -4", "plans[1].overage.input: This must be 0 or more, but is -4.")]
    [InlineData("users: 2", "users: 0", "workload.users: This must be from 1 to 10000000, but is 0.")]
    [InlineData("name: flat", "name: pool", "plans[2].name: 'pool' is also the name of another plan.")]
    [InlineData("users: 2", "userz: 2", "workload.userz: 'userz' is not a known key here. Did you mean 'users'?")]
    [InlineData("fee: 1,", "fee: 1, fee: 2,", "The key 'fee' is defined twice")]
    public async Task Names_a_wrong_value(string right, string wrong, string message)
    {
        var run = await Run("run", Write("s.yaml", Sure.Replace(right, wrong, StringComparison.Ordinal)));

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain(message);
    }

    [Theory]
    [InlineData("--percentiles", "101", "--percentiles must be whole numbers from 1 to 99, not '101'.")]
    [InlineData("--threads", "-1", "--threads '-1' is not a whole number from 0 to 1024.")]
    [InlineData("--threads", "many", "--threads 'many' is not a whole number from 0 to 1024.")]
    [InlineData("--usage", "u.csv", "from a file or from the ledger, not from both.")]
    public async Task Refuses_options_that_mean_nothing(string option, string value, string message)
    {
        var run = await Run("run", Write("s.yaml", Sure), "--ledger", option, value);

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain(message);
    }

    [Fact]
    public async Task A_saved_result_is_listed_compared_drawn_and_advised_on()
    {
        var saved = await Run("run", Write("s.yaml", Sure), "--trials", "2000", "--save");
        var id = saved.Error.Trim()["Saved as ".Length..^1];

        (await Run("list", "--format", "csv")).Rows.ShouldHaveSingleItem()[0].ShouldBe(id);
        (await Run("compare", id, "--format", "csv"))
            .Rows.Select(static row => $"{row[0]} {row[2]} {row[6]}")
            .ShouldBe(["pool 1 0", "flat 4 0"]);
        (await Optimize(id, "--risk", "low")).Output.ShouldStartWith("Recommended: book");
        var page = Path.Combine(_folder.Path, "page.html");
        var run = await CommandRun.RunAsync(
            VisualizeCommand.Create(TimeProvider.System),
            id,
            "--html",
            page,
            "--data",
            _folder.Path
        );
        run.ExitCode.ShouldBe(0, run.Error);
        File.ReadAllText(page).ShouldContain("book charges the least on average: $5.00 per month");
        (
            await CommandRun.RunAsync(
                VisualizeCommand.Create(TimeProvider.System),
                "../s.yaml",
                "--html",
                page,
                "--data",
                _folder.Path
            )
        ).Error.ShouldContain("no file and no saved result");
    }

    [Fact]
    public async Task Pages_and_pictures_stand_alone()
    {
        var (page, plot, tornado) = (
            Path.Combine(_folder.Path, "p.html"),
            Path.Combine(_folder.Path, "p.svg"),
            Path.Combine(_folder.Path, "t.svg")
        );
        var scenario = Write("s.yaml", Sure.Replace("name: flat", "name: '<b>&'", StringComparison.Ordinal));

        (await Run("run", scenario, "--trials", "2000", "--html", page, "--plot", plot)).ExitCode.ShouldBe(0);
        (await Run("sensitivity", scenario, "--trials", "2000", "--plot", tornado)).ExitCode.ShouldBe(0);

        XDocument.Load(plot).Root!.Name.LocalName.ShouldBe("svg");
        XDocument
            .Load(tornado)
            .Descendants()
            .Count(static element => element.Name.LocalName == "rect")
            .ShouldBeGreaterThan(3);
        var text = File.ReadAllText(page).Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal);
        text.ShouldNotContain("<b>");
        text.ShouldNotContain("http");
        text.ShouldNotContain("<script");
    }

    [Fact]
    public async Task Sensitivity_varies_one_number_two_or_all()
    {
        var scenario = Write("s.yaml", Sure);

        (
            await Run(
                "sensitivity",
                scenario,
                "--trials",
                "2000",
                "--vary",
                "workload.volume=0.5..1.5:3",
                "--format",
                "csv"
            )
        )
            .Rows.Where(static row => row[1] == "book")
            .Select(static row => $"{row[0]} {row[2]}")
            .ShouldBe(["0.5 2.5", "1 5", "1.5 7.5"]);
        (
            await Run(
                "sensitivity",
                scenario,
                "--trials",
                "2000",
                "--vary",
                "workload.users=1,2",
                "--vary",
                "plans[flat].fee=0,9",
                "--format",
                "csv"
            )
        ).Rows.Length.ShouldBe(12);
        (await Run("sensitivity", scenario, "--trials", "2000", "--plan", "book", "--format", "csv"))
            .Rows.Select(static row => $"{row[0]} {row[6]}")
            .ShouldContain("workload.volume 2");
        var whole = JsonDocument
            .Parse(
                (
                    await Run(
                        "sensitivity",
                        scenario,
                        "--trials",
                        "2000",
                        "--vary",
                        "workload.volume=1,2",
                        "--format",
                        "json"
                    )
                ).Output
            )
            .RootElement;
        (
            whole.GetProperty("is_complete").GetBoolean(),
            whole.GetProperty("done").GetInt32(),
            whole.GetProperty("all").GetInt32()
        ).ShouldBe((true, 2, 2));
        (await Run("sensitivity", scenario, "--vary", "workload.nothing=1")).Error.ShouldContain(
            "'workload.nothing' is not a number of the scenario"
        );
        (await Run("sensitivity", scenario, "--vary", "volume")).ExitCode.ShouldBe(2);
        (await Run("sensitivity", scenario, "--by", "NaN")).Error.ShouldContain(
            "--by must be a number such as 0.25, not 'NaN'."
        );
        (await Run("sensitivity", scenario, "--by", "1.5")).Error.ShouldContain(
            "--by must be a number from 0.0001 to 1, not '1.5'."
        );
    }

    [Fact]
    public async Task Finds_where_plans_break_even() =>
        (await Run("compare", Write("s.yaml", Sure), "--trials", "2000", "--break-even", "--format", "csv"))
            .Rows
            // Both charge the same where 2.5 t = 1 + 4 (t - 0.5), t being a user's millions: at 2/3; the pool is dearer
            // below 0.4.
            .Select(static row => $"{row[0]} {row[1]} {row[2]}")
            .ShouldBe(["book pool 0.4", "pool book 0.666667", "book flat 1.8"]);

    [Fact]
    public async Task Optimize_reports_if_nothing_is_within_the_budget()
    {
        var run = await Optimize(Write("s.yaml", Sure), "--trials", "2000", "--budget", "1", "--profile", "developer");

        run.ExitCode.ShouldBe(1);
        run.Output.ShouldContain("No plan is within the budget.");
        run.Output.ShouldContain("the closest is flat at $9.00");
    }

    [Fact]
    public async Task Draws_whole_user_months_from_a_file()
    {
        var usage = Write(
            "u.csv",
            "user,month,input_tokens,output_tokens\nann,2026-01,600000,0\nann,2026-01,400000,0\n"
        );
        var run = await Run(
            "run",
            "--usage",
            usage,
            "--plans",
            Write("s.yaml", Sure),
            "--trials",
            "2000",
            "--format",
            "csv"
        );

        run.Rows.Select(static row => $"{row[0]} {row[1]}").ShouldBe(["book 2.5", "pool 3", "flat 9"]);
        run.Error.ShouldContain("1 users over 1 calendar months");
        var wrong = await Run(
            "run",
            "--usage",
            Write("w.csv", "user,month,tokens\nann,2026-01,-5\n"),
            "--plans",
            Path.Combine(_folder.Path, "s.yaml")
        );
        wrong.ExitCode.ShouldBe(1);
        wrong.Error.ShouldContain("w.csv, line 2: column 'tokens': '-5' is negative");
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.Path, name);
        File.WriteAllText(path, text);
        return path;
    }

    private Task<CommandRun> Run(string command, params string[] arguments) =>
        CommandRun.RunAsync(
            SimulateCommand.Create(TimeProvider.System),
            [command, .. arguments, .. command == "example" ? (string[])[] : ["--data", _folder.Path]]
        );

    private Task<CommandRun> Optimize(params string[] arguments) =>
        CommandRun.RunAsync(OptimizeCommand.Create(TimeProvider.System), [.. arguments, "--data", _folder.Path]);
}
