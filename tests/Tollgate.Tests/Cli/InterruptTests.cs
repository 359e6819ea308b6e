using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Tollgate.Testing;

namespace Tollgate.Tests.Cli;

/// <summary>Ctrl-C in the middle: each question shows what it has, says how much that is, and fails.</summary>
[Trait("Needs", "Process")]
public sealed partial class InterruptTests : IDisposable
{
    /// <summary>
    /// The flat fee is reached at about 1.7 times the volume; hundreds of users, so that nothing here ends by itself
    /// soon.
    /// </summary>
    private const string Scenario = """
        workload: {users: 300, requests: {family: lognormal, mean: 600, cv: 1}, inputTokens: 1800, outputTokens: 500}
        plans:
          - {kind: per-token, name: book, rates: {input: 2.5, output: 10}}
          - {kind: flat, name: flat, fee: 9}
          - {kind: flat, name: free, fee: 0.0001}
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_run_reports_the_trials_that_were_done()
    {
        var (shown, output) = await InterruptedAfter(4096, "run", "--trials", "5000000", "--format", "json");

        var (done, all) = StoppedAfter(shown, "trials");
        all.ShouldBe(5_000_000);
        done.ShouldBeInRange(4097, all - 1);
        var report = JsonDocument.Parse(output).RootElement.GetProperty("report");
        (report.GetProperty("trials").GetInt64(), report.GetProperty("is_complete").GetBoolean()).ShouldBe(
            (done, false)
        );
        report.GetProperty("plans")[0].GetProperty("mean").GetDouble().ShouldBeInRange(1500, 3000);
    }

    [Fact]
    public async Task A_sensitivity_shows_the_points_that_were_done()
    {
        var (shown, output) = await InterruptedAfter(
            3 * 2048,
            "sensitivity",
            "--trials",
            "2048",
            "--vary",
            "workload.volume=1..1000:1000",
            "--format",
            "csv"
        );

        var (done, all) = StoppedAfter(shown, "points");
        all.ShouldBe(1000);
        done.ShouldBeInRange(3, 999);
        output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Length.ShouldBe(1 + (3 * (int)done), "titles, and three plans a point");
        output.ShouldContain("\n3,flat,2700,");
    }

    [Fact]
    public async Task Json_of_a_partial_sensitivity_is_marked_as_partial()
    {
        var (shown, output) = await InterruptedAfter(
            3 * 2048,
            "sensitivity",
            "--trials",
            "2048",
            "--vary",
            "workload.volume=1..1000:1000",
            "--format",
            "json"
        );

        var (done, all) = StoppedAfter(shown, "points");
        var answer = JsonDocument.Parse(output).RootElement;
        answer.GetProperty("is_complete").GetBoolean().ShouldBeFalse();
        (
            answer.GetProperty("done").GetInt64(),
            answer.GetProperty("all").GetInt64(),
            answer.GetProperty("unit").GetString()
        ).ShouldBe((done, all, "points"));
        answer.GetProperty("rows").GetArrayLength().ShouldBe(3 * (int)done);
    }

    [Fact]
    public async Task A_tornado_shows_the_numbers_that_were_done()
    {
        // One run as it is, and two for the first number.
        var (shown, output) = await InterruptedAfter(3 * 20480, "sensitivity", "--trials", "20480", "--format", "csv");

        var (done, all) = StoppedAfter(shown, "numbers");
        done.ShouldBeInRange(1, all - 1);
        output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(1 + (int)done);
    }

    [Fact]
    public async Task A_break_even_search_shows_what_it_compared()
    {
        var (shown, output) = await InterruptedAfter(
            2 * 20_000,
            "compare",
            "--break-even",
            "--trials",
            "20000",
            "--format",
            "csv"
        );

        StoppedAfter(shown, "plans").All.ShouldBe(2);
        shown.ShouldContain("'flat' was compared only up to 0.00");
        output.ShouldBe("cheaper_below,cheaper_above,volume,tokens_per_month\n");
    }

    [Fact]
    public async Task A_recommendation_goes_by_the_trials_that_were_done()
    {
        var (shown, output) = await InterruptedAfter(
            4096,
            "optimize",
            "--profile",
            "startup",
            "--trials",
            "5000000",
            "--format",
            "json"
        );

        var (done, _) = StoppedAfter(shown, "trials");
        var advice = JsonDocument.Parse(output).RootElement;
        advice.GetProperty("plan").GetString().ShouldBe("free");
        (advice.GetProperty("trials").GetInt64(), advice.GetProperty("is_complete").GetBoolean()).ShouldBe(
            (done, false)
        );
    }

    [Fact]
    public async Task A_canceled_forecast_reports_it_and_leaves_no_file_behind()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The terminal is made by util-linux's 'script'.");
        var cancellationToken = TestContext.Current.CancellationToken;
        // A pipe: the program waits for more days as long as this end is open.
        var (pipe, plot) = (_folder.File("days.csv"), _folder.File("f.svg"));
        using (var make = Process.Start("mkfifo", [pipe]))
            await make.WaitForExitAsync(cancellationToken);
        using var run = TerminalRun.Start(
            _folder.File("out.txt"),
            "forecast",
            "--csv",
            pipe,
            "--plot",
            plot,
            "--data",
            _folder.File("data")
        );
        // Opening it waits until the program reads.
        await using var days = await Task.Run(
            () => new FileStream(pipe, FileMode.Open, FileAccess.Write),
            cancellationToken
        );
        // A pipe holds 64 KB: that so much more is written means that the program has long been reading.
        await days.WriteAsync("date,amount\n"u8.ToArray(), cancellationToken);
        for (var row = 0; row < 300_000; row++)
            await days.WriteAsync("2026-11-01,1\n"u8.ToArray(), cancellationToken);
        await days.FlushAsync(cancellationToken);

        var exitCode = await run.InterruptAsync(cancellationToken);

        (exitCode, run.Output).ShouldBe((1, ""), run.Shown);
        run.Shown.ShouldContain("tollgate: canceled before it completed.");
        File.Exists(plot).ShouldBeFalse();
    }

    private async Task<(string Shown, string Output)> InterruptedAfter(
        long trials,
        string command,
        params string[] arguments
    )
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The terminal is made by util-linux's 'script'.");
        var cancellationToken = TestContext.Current.CancellationToken;
        File.WriteAllText(_folder.File("s.yaml"), Scenario);
        string[] words = command == "optimize" ? [command] : ["simulate", command];
        using var run = TerminalRun.Start(
            _folder.File("out.txt"),
            [.. words, _folder.File("s.yaml"), "--data", _folder.File("data"), .. arguments]
        );

        await run.UntilTrialsAsync(trials, cancellationToken);
        var exitCode = await run.InterruptAsync(cancellationToken);

        exitCode.ShouldBe(1, run.Shown);
        return (run.Shown, run.Output);
    }

    private static (long Done, long All) StoppedAfter(string shown, string what)
    {
        var told = Told().Match(shown);
        told.Success.ShouldBeTrue(shown);
        told.Groups[3].Value.ShouldBe(what);
        return (
            long.Parse(told.Groups[1].Value, CultureInfo.InvariantCulture),
            long.Parse(told.Groups[2].Value, CultureInfo.InvariantCulture)
        );
    }

    [GeneratedRegex(@"Stopped after (\d+) of (\d+) (\w+): what is shown is about those\.")]
    private static partial Regex Told();
}
