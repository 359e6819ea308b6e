// A plan that no file describes, beside one that is data: where they break even, and what matters most.
using System.Globalization;
using Tollgate.Analytics.Plans;
using Tollgate.Analytics.Simulation;
using Tollgate.Analytics.Simulation.Questions;
using Tollgate.Analytics.Statistics.Distributions;
using Tollgate.Analytics.Workloads;
using Tollgate.Samples.OwnPlan;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var scenario = new Scenario
{
    Seed = 42,
    Trials = 20_000,
    Workload = new Workload
    {
        Requests = Lognormal.FromMean(mean: 600, cv: 1.2),
        InputTokens = Lognormal.FromMean(mean: 1800, cv: 0.8),
        OutputTokens = new Constant(500),
    },
    Plans =
    [
        new PerTokenPlan
        {
            Name = "per token",
            Rates = new TokenRates { Input = 2.5m, Output = 10 },
        },
        new CappedPlan
        {
            Name = "capped",
            Rate = 6,
            Cap = 20,
        },
    ],
};

var report = PlanSimulation.Run(scenario);
foreach (var plan in report.Plans)
    Console.WriteLine($"{plan.Plan}: mean ${plan.Mean:N2}, 95 of 100 months at most ${plan.Percentile(95):N2}");
foreach (var point in BreakEven.Find(scenario, "per token", "capped").Points)
    Console.WriteLine(
        $"break-even at {point.TokensPerMonth:N0} tokens a month: {point.CheaperBelow} is cheaper below, "
            + $"{point.CheaperAbove} above"
    );
foreach (
    var bar in Sensitivity.Tornado(
        scenario,
        "capped",
        [("workload.volume", 0.8, 1.2), ("plans[capped].cap", 16, 24), ("plans[capped].rate", 4.8, 7.2)]
    )
)
    Console.WriteLine($"{bar.Parameter} from {bar.Low} to {bar.High}: ${bar.MeanAtLow:N2} to ${bar.MeanAtHigh:N2}");
