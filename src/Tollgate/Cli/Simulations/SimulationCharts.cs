using System.Globalization;
using Tollgate.Analytics.Simulation;
using Tollgate.Charts;
using Tollgate.Cli.Rendering;
using Tollgate.Operations.Simulations.Results;

namespace Tollgate.Cli.Simulations;

/// <summary>A result as charts, and as a page.</summary>
internal sealed class SimulationCharts(SavedResult result)
{
    private readonly SimulationReport _report = result.Report;

    /// <summary>All charts, one above the other.</summary>
    public string Plot()
    {
        var (charges, differences) = (Charges(), Differences());
        var height = charges.FullHeight + (_report.Comparisons.Count > 0 ? differences.FullHeight : 0);
        return SvgDrawing.Create(
            BandChart.FullWidth,
            height,
            charges.Title,
            drawing =>
            {
                charges.Draw(drawing);
                if (_report.Comparisons.Count == 0)
                    return;
                drawing.Shift(charges.FullHeight);
                differences.Draw(drawing);
            }
        );
    }

    /// <summary>One page with everything.</summary>
    public string Page()
    {
        var page = new HtmlPage("Simulation of pricing plans");
        var cheapest = _report.Plans.MinBy(static plan => plan.Mean)!;
        page.AddLead(
            $"{cheapest.Plan} charges the least on average: {Usd(cheapest.Mean)} per month, and "
                + $"{Usd(cheapest.Percentile(95))} or less in 95 of 100 months."
        );
        page.AddPicture(Charges().ToSvg());
        page.AddHeading("Charges in USD per month");
        Table(
            page,
            ReportRows.Plans(_report, [5, 25, 50, 75, 95, 99]) with
            {
                Brief =
                [
                    "plan",
                    "mean",
                    "median",
                    "std",
                    "p5",
                    "p95",
                    "p99",
                    "cvar_95",
                    "tail_ratio",
                    "per_million_tokens",
                ],
            }
        );
        if (_report.Comparisons.Count > 0)
        {
            page.AddHeading($"Compared with {_report.Baseline}");
            page.AddPicture(Differences().ToSvg());
            Table(
                page,
                ReportRows.Comparisons(_report) with
                {
                    Brief =
                    [
                        "plan",
                        "mean_difference",
                        "difference_low",
                        "difference_high",
                        "probability_cheaper",
                        "probability_equal",
                    ],
                }
            );
        }

        page.AddHeading("Methodology");
        page.AddList([.. Facts(), .. result.Notes]);
        return page.ToString();
    }

    private static void Table(HtmlPage page, ResultTable listing)
    {
        var places = listing
            .Brief.Select(title => listing.Titles.ToList().IndexOf(title))
            .Where(static place => place >= 0)
            .ToArray();
        page.AddTable(
            places.Select(place => Title(listing.Titles[place])),
            listing.Rows.Select(row => places.Select(place => Cell(listing.Titles[place], row[place])))
        );
    }

    private static string Title(string column) =>
        column switch
        {
            "difference_low" => "from",
            "difference_high" => "to",
            "probability_cheaper" => "cheaper in",
            "probability_equal" => "the same in",
            "per_million_tokens" => "per 1M",
            _ => column.Replace('_', ' '),
        };

    private static string Cell(string column, object? cell) =>
        cell is not decimal number ? ResultTable.Text(cell)
        : column.StartsWith("probability_", StringComparison.Ordinal)
            ? number.ToString("0.# %", CultureInfo.InvariantCulture)
        : number.ToString(Math.Abs(number) >= 1 ? "N2" : "0.####", CultureInfo.InvariantCulture);

    private BandChart Charges() =>
        new(
            "Monthly charge in USD",
            [
                .. _report.Plans.Select(static plan => new Band(
                    plan.Plan,
                    plan.Percentile(5),
                    plan.Percentile(25),
                    plan.Median,
                    plan.Percentile(75),
                    plan.Percentile(95),
                    plan.Mean
                )),
            ]
        );

    private DifferenceChart Differences() =>
        new(
            $"Mean difference from {_report.Baseline} in USD per month",
            [
                .. _report.Comparisons.Select(static compared => new DifferenceBar(
                    compared.Plan,
                    compared.MeanDifference,
                    compared.MeanDifferenceInterval?.Low,
                    compared.MeanDifferenceInterval?.High,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{compared.MeanDifference:+#,0.00;-#,0.00;0}, cheaper in "
                            + $"{compared.ProbabilityCheaper * 100:0.#} %"
                    )
                )),
            ]
        );

    private IEnumerable<string> Facts()
    {
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"{result.Source}: {_report.Trials:N0} trials of {_report.Months} "
                + $"{(_report.Months == 1 ? "month" : "months")}, seed "
                + $"{_report.Seed}{(_report.IsComplete ? "" : "; canceled before all trials were completed")}."
        );
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"A mean month has {_report.Usage.Requests:N0} requests, "
                + $"{_report.Usage.InputTokens:N0} input tokens ({_report.Usage.CachedInputTokens:N0} of them cached) "
                + $"and {_report.Usage.OutputTokens:N0} output tokens."
        );
        if (_report.Resamples > 0)
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"Intervals are bootstrap intervals at {_report.Confidence * 100:0.##} %, "
                    + $"{_report.Resamples:N0} resamples. They show the sampling error of the simulation, "
                    + $"not how well the workload matches reality."
            );
        yield return "All plans are charged on the same draws.";
        if (result.Id is { } id)
            yield return $"Saved as {id}.";
    }

    private static string Usd(double amount) => string.Create(CultureInfo.InvariantCulture, $"${amount:N2}");
}
