using System.Globalization;
using System.Text.Json;
using Tollgate.Analytics.Statistics.Distributions;
using Tollgate.Cli.Simulations;
using Tollgate.Testing;
using Tollgate.Testing.Gateways;

namespace Tollgate.Tests.Cli;

public sealed class AnalyzeCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Finds_the_family_of_a_sample_and_explains_why_others_are_excluded()
    {
        var values = new double[400];
        new Lognormal(5, 0.6).Sample(3, values);
        var file = Write([.. values.Select(static value => value.ToString("R", CultureInfo.InvariantCulture))]);

        var run = await Analyze("distributions", file, "--columns", "x", "--p-values", "99");

        run.ExitCode.ShouldBe(0, run.Error);
        var lines = run.Output.Split('\n');
        lines[1].ShouldStartWith("x\tlognormal\tyes\tmu: 5.0");
        decimal.Parse(lines[1].Split('\t')[9], CultureInfo.InvariantCulture)
            .ShouldBeGreaterThan(0.01m, "the p value is that of a fitted law");
        lines
            .First(static line => line.StartsWith("x\tbeta", StringComparison.Ordinal))
            .ShouldContain("must all be above 0 and below 1 for beta");
    }

    [Fact]
    public async Task Tells_risk_by_its_definitions()
    {
        var run = await Analyze(
            "risk",
            Write([.. Enumerable.Range(1, 100).Select(static value => $"{value}")]),
            "--columns",
            "x",
            "--format",
            "csv"
        );

        run.Output.Split('\n').ShouldContain("x,var_95,95,,");
        run.Output.Split('\n').ShouldContain("x,cvar_95,98,,", customMessage: "the mean of the worst five");
        run.Output.Split('\n').ShouldContain("x,p25,25.75,,");
    }

    [Theory]
    [InlineData("distributions", "1", "Column 'x' has 1 value, but needs at least 2.")]
    [InlineData("risk", "1", "Column 'x' has 1 value, but needs at least 2.")]
    [InlineData("risk", "1 NaN", "line 3: column 'x': 'NaN' is not a finite number")]
    [InlineData(
        "distributions",
        "4 4 4",
        "Column 'x' has 4 as its only value, but a fit needs at least two different ones."
    )]
    [InlineData("risk", "", "Column 'x' has 0 values, but needs at least 2.")]
    public async Task Refuses_a_sample_without_variation(string command, string values, string message)
    {
        var run = await Analyze(
            command,
            Write(values.Split(' ', StringSplitOptions.RemoveEmptyEntries)),
            "--columns",
            "x"
        );

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain(message);
    }

    [Fact]
    public async Task Refuses_percentiles_and_columns_that_do_not_exist()
    {
        var file = Write(["1", "2"]);
        (await Analyze("risk", file, "--columns", "x", "--percentiles", "101")).Error.ShouldContain(
            "--percentiles must be from 0 to 100, not 101."
        );
        (await Analyze("risk", file, "--columns", "z")).Error.ShouldContain("has no column 'z'. Its columns are x.");
        (await Analyze("risk", file)).Error.ShouldContain("and no others are named. Its columns are x. See --columns.");
        (await Analyze("correlations", file, "--columns", "x")).ExitCode.ShouldBe(2);
        (await Analyze("risk")).ExitCode.ShouldBe(2);
    }

    /// <summary>A program gets nested objects and full numbers, and a p value for every correlation.</summary>
    [Fact]
    public async Task Json_has_parameters_by_name_and_numbers_in_full()
    {
        var values = new double[60];
        new Lognormal(5, 0.6).Sample(3, values);
        var path = Path.Combine(_folder.Path, "pairs.csv");
        File.WriteAllLines(
            path,
            [
                "x,y",
                .. values.Select(static value =>
                    string.Create(CultureInfo.InvariantCulture, $"{value:R},{3 * value:R}")
                ),
            ]
        );

        using var fits = JsonDocument.Parse(
            (await Analyze("distributions", path, "--columns", "x", "--p-values", "19", "--format", "json")).Output
        );
        using var pairs = JsonDocument.Parse(
            (await Analyze("correlations", path, "--columns", "x,y", "--format", "json")).Output
        );

        var best = fits.RootElement[0].GetProperty("fits")[0];
        best.GetProperty("is_best").GetBoolean().ShouldBeTrue();
        best.GetProperty("parameters").EnumerateObject().ShouldNotBeEmpty();
        decimal.Round(best.GetProperty("aic").GetDecimal(), 4).ShouldNotBe(best.GetProperty("aic").GetDecimal());
        var pair = pairs.RootElement[0];
        pair.GetProperty("kendall_tau_b").GetProperty("value").GetDouble().ShouldBe(1);
        pair.GetProperty("kendall_tau_b").GetProperty("p_value").GetDouble().ShouldBeInRange(1e-40, 1e-15);
    }

    private string Write(string[] values)
    {
        var path = Path.Combine(_folder.Path, "sample.csv");
        File.WriteAllLines(path, ["x", .. values]);
        return path;
    }

    private static Task<CommandRun> Analyze(params string[] arguments) =>
        CommandRun.RunAsync(AnalyzeCommand.Create(TimeProvider.System), arguments);
}
