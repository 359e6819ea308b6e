using Tollgate.Analytics.Simulation;
using Tollgate.Analytics.Simulation.Questions;
using Tollgate.Analytics.Statistics;
using Tollgate.Cli.Rendering;

namespace Tollgate.Cli.Simulations;

/// <summary>A report as rows. Amounts are US dollars a month, to the hundredth of a cent.</summary>
internal static class ReportRows
{
    /// <summary>One row a plan, with the percentiles that were asked for.</summary>
    public static ResultTable Plans(SimulationReport report, IReadOnlyList<int> percentiles)
    {
        string[] tails =
        [
            .. report.Plans[0].Tails.SelectMany(static tail => (string[])[$"var_{Level(tail)}", $"cvar_{Level(tail)}"]),
        ];
        string[] shown = [.. percentiles.Select(static percentile => $"p{percentile}")];
        string[] titles =
        [
            "plan",
            "mean",
            "mean_low",
            "mean_high",
            "standard_error",
            "median",
            "median_low",
            "median_high",
            "std",
            "cv",
            "minimum",
            "maximum",
            .. shown,
            "p95_low",
            "p95_high",
            .. tails,
            "tail_ratio",
            "skewness",
            "kurtosis",
            "per_million_tokens",
            "refused_share",
        ];
        return new ResultTable(titles, report.Plans.Select(plan => Row(plan, percentiles)))
        {
            IsRounded = true,
            Brief =
            [
                "plan",
                "mean",
                "median",
                "std",
                .. shown.Where(static title => title != "p50"),
                .. tails.Where((_, place) => place == 1),
                "per_million_tokens",
            ],
        };
    }

    /// <summary>One row for each plan but the baseline.</summary>
    public static ResultTable Comparisons(SimulationReport report) =>
        new(
            [
                "plan",
                "baseline",
                "mean_difference",
                "difference_low",
                "difference_high",
                "relative_difference",
                "probability_cheaper",
                "cheaper_low",
                "cheaper_high",
                "probability_equal",
                "median_difference",
                "median_difference_low",
                "median_difference_high",
                "p95_difference",
                "p95_difference_low",
                "p95_difference_high",
            ],
            report.Comparisons.Select(compared =>
                (object?[])
                    [
                        compared.Plan,
                        report.Baseline,
                        Usd(compared.MeanDifference),
                        Usd(compared.MeanDifferenceInterval?.Low),
                        Usd(compared.MeanDifferenceInterval?.High),
                        Share(compared.RelativeDifference),
                        Share(compared.ProbabilityCheaper),
                        Share(compared.ProbabilityCheaperInterval.Low),
                        Share(compared.ProbabilityCheaperInterval.High),
                        Share(compared.ProbabilityEqual),
                        Usd(Difference(report, compared, 50)),
                        Low(compared.MedianDifferenceInterval),
                        High(compared.MedianDifferenceInterval),
                        Usd(Difference(report, compared, 95)),
                        Low(compared.P95DifferenceInterval),
                        High(compared.P95DifferenceInterval),
                    ]
            )
        )
        {
            IsRounded = true,
            Brief =
            [
                "plan",
                "baseline",
                "mean_difference",
                "difference_low",
                "difference_high",
                "relative_difference",
                "probability_cheaper",
                "probability_equal",
            ],
        };

    /// <summary>A percentile of the plan less the baseline's.</summary>
    private static double Difference(SimulationReport report, PlanComparison compared, int percentile) =>
        report.Plan(compared.Plan).Percentile(percentile) - report.Plan(report.Baseline).Percentile(percentile);

    public static ResultTable Crossings(IEnumerable<BreakEvenPoint> points) =>
        new(
            ["cheaper_below", "cheaper_above", "volume", "tokens_per_month"],
            points.Select(static point =>
                (object?[])[point.CheaperBelow, point.CheaperAbove, Share(point.Volume), (long)point.TokensPerMonth]
            )
        );

    public static ResultTable Ranking(Recommendation advice) =>
        new(
            [
                "plan",
                "score",
                "mean",
                "risk_premium",
                "std",
                "p95",
                "within_budget",
                "probability_over_budget",
                "refused_share",
            ],
            advice.Ranking.Select(static plan =>
                (object?[])
                    [
                        plan.Plan,
                        Usd(plan.Score),
                        Usd(plan.Mean),
                        Usd(plan.RiskPremium),
                        Usd(Math.Sqrt(plan.Variance)),
                        Usd(plan.P95),
                        plan.IsWithinBudget,
                        Share(plan.ProbabilityOverBudget),
                        Share(plan.RefusedShare),
                    ]
            )
        )
        {
            IsRounded = true,
        };

    public static ResultTable Tornado(IEnumerable<TornadoBar> bars) =>
        new(
            ["parameter", "low", "high", "mean_at_low", "mean_at_high", "mean", "swing"],
            bars.Select(static bar =>
                (object?[])
                    [
                        bar.Parameter,
                        Value(bar.Low),
                        Value(bar.High),
                        Usd(bar.MeanAtLow),
                        Usd(bar.MeanAtHigh),
                        Usd(bar.Mean),
                        Usd(bar.Swing),
                    ]
            )
        )
        {
            IsRounded = true,
        };

    /// <summary>One row for each setting and plan.</summary>
    public static ResultTable Points(IReadOnlyList<SensitivityAxis> axes, IEnumerable<SensitivityPoint> points) =>
        new(
            [.. axes.Select(static axis => axis.Parameter), "plan", "mean", "median", "std", "p95", "cheapest"],
            points.SelectMany(static point =>
                point.Plans.Select(plan =>
                    (object?[])
                        [
                            .. point.Values.Select(static value => (object?)Value(value)),
                            plan.Plan,
                            Usd(plan.Mean),
                            Usd(plan.Median),
                            Usd(plan.StandardDeviation),
                            Usd(plan.Percentile(95)),
                            plan.Mean == point.Plans.Min(static other => other.Mean),
                        ]
                )
            )
        )
        {
            IsRounded = true,
        };

    public static decimal? Usd(double? amount) => Rounded(amount, 4);

    public static decimal? Share(double? share) => Rounded(share, 6);

    /// <summary>A probability; very small ones are not rounded to 0.</summary>
    public static object? PValue(double? p) => p is > 0 and < 0.000001 ? p : Share(p);

    /// <summary>Any number, as far as a decimal can hold it.</summary>
    public static object? Value(double? value) =>
        value is { } number && double.IsFinite(number) && Math.Abs(number) is 0 or (> 1e-9 and < 1e15)
            ? (decimal)value!.Value
            : value;

    private static object?[] Row(PlanSummary plan, IReadOnlyList<int> percentiles) =>
        [
            plan.Plan,
            Usd(plan.Mean),
            Low(plan.MeanInterval),
            High(plan.MeanInterval),
            Usd(plan.StandardError),
            Usd(plan.Median),
            Low(plan.MedianInterval),
            High(plan.MedianInterval),
            Usd(plan.StandardDeviation),
            Share(plan.Cv),
            Usd(plan.Minimum),
            Usd(plan.Maximum),
            .. percentiles.Select(percentile => (object?)Usd(plan.Percentile(percentile))),
            Low(plan.P95Interval),
            High(plan.P95Interval),
            .. plan.Tails.SelectMany(static tail =>
                (object?[])[Usd(tail.ValueAtRisk), Usd(tail.ConditionalValueAtRisk)]
            ),
            Share(plan.TailRatio),
            Share(plan.Skewness),
            Share(plan.Kurtosis),
            Share(plan.PerMillionTokens),
            Share(plan.RefusedShare),
        ];

    private static decimal? Low(Interval? interval) => Usd(interval?.Low);

    private static decimal? High(Interval? interval) => Usd(interval?.High);

    private static string Level(TailRisk tail) => FormattableString.Invariant($"{Math.Round(tail.Level * 100, 4)}");

    private static decimal? Rounded(double? value, int decimals) =>
        value is { } number && double.IsFinite(number) && Math.Abs(number) < 1e24
            ? decimal.Round((decimal)number, decimals)
            : null;
}
