using Tollgate.Analytics.Plans;
using Tollgate.Analytics.Simulation;
using Tollgate.Analytics.Simulation.Questions;
using Tollgate.Analytics.Workloads;
using Tollgate.Testing;

namespace Tollgate.Analytics.Tests.Simulation;

public class StopAndProgressTests
{
    private static readonly PerTokenPlan Plan = new() { Name = "p", Rates = Scenarios.Rates };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(16)]
    public void A_stop_leaves_whole_blocks_and_a_report_about_them(int threads)
    {
        using var stop = new CancellationTokenSource();
        var progress = new Watcher(seen =>
        {
            if (seen.TrialsDone >= 5 * 1024)
                stop.Cancel();
        });
        var scenario = Scenarios.Create(Scenarios.Months(), Plan) with { Trials = 2_000_000, Resamples = 100 };

        var report = PlanSimulation.Run(
            scenario,
            new SimulationOptions { Threads = threads, Progress = progress },
            stop.Token
        );

        report.IsComplete.ShouldBeFalse();
        (report.Trials % 1024).ShouldBe(0);
        // Whichever thread ends a block after the fifth asks for the stop before it takes another one.
        report.Trials.ShouldBeInRange(5 * 1024, (5 + threads) * 1024);
        var whole = PlanSimulation.Run(scenario with { Trials = report.Trials });
        report.Plans[0].Percentiles.ShouldBe(whole.Plans[0].Percentiles);
        report.Plans[0].MeanInterval.ShouldBe(whole.Plans[0].MeanInterval);
    }

    [Fact]
    public void A_cancellation_before_the_first_block_is_reported_as_one()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();

        Should.Throw<OperationCanceledException>(() =>
            PlanSimulation.Run(Scenarios.Create(Scenarios.Months(), Plan), stop: stop.Token)
        );
    }

    [Fact]
    public async Task Progress_ends_with_all_trials_and_shows_rate_and_remaining_time()
    {
        var seen = new List<SimulationProgress>();
        var progress = new Watcher(step =>
        {
            lock (seen)
                seen.Add(step);
        });
        var scenario = Scenarios.Create(Scenarios.Months(), Plan) with { Trials = 2500 };

        var report = await PlanSimulation.RunAsync(
            scenario,
            new SimulationOptions
            {
                Threads = 2,
                Progress = progress,
                Clock = new ManualTimeProvider { AutoAdvanceAmount = TimeSpan.FromSeconds(1) },
            }
        );

        report.IsComplete.ShouldBeTrue();
        seen.Count.ShouldBe(3);
        var last = seen.MaxBy(step => step.TrialsDone);
        (last.TrialsDone, last.Trials).ShouldBe((2500, 2500));
        last.TimeLeft.ShouldBe(TimeSpan.Zero);
        seen.ShouldAllBe(step => step.TrialsPerSecond > 0 && step.TimeLeft != null);
    }

    [Fact]
    public void A_stopped_question_gives_what_was_done()
    {
        var scenario = Scenarios.Create(Scenarios.Months(), Plan, new FlatPlan { Name = "flat", Fee = 9 }) with
        {
            Trials = 2048,
        };

        var points = Stopping(
            2 * 2048,
            (options, stop) =>
                Sensitivity.Run(scenario, [SensitivityAxis.Between("workload.volume", 1, 100, 100)], options, stop)
        );
        var bars = Stopping(
            3 * 2048,
            (options, stop) =>
                Sensitivity.Tornado(scenario, "p", [("workload.volume", 1, 2), ("workload.users", 1, 2)], options, stop)
        );
        var search = Stopping(4 * 2048, (options, stop) => BreakEven.Find(scenario, "p", "flat", options, stop));
        var advice = Stopping(
            2048 + 1024,
            (options, stop) =>
                PlanAdvisor.Recommend(scenario with { Trials = 9 * 1024 }, new UserProfile(), options, stop)
        );

        points.Select(static point => point.Values[0]).ShouldBe([1, 2]);
        bars.ShouldHaveSingleItem().MeanAtHigh.ShouldBe(2 * bars[0].MeanAtLow, 1e-9);
        (search.IsComplete, search.Points.Count).ShouldBe((false, 0));
        search.SearchedTo.ShouldBe(Math.Pow(2, -8.5), 1e-12, "the fourth of forty-one volumes");
        (advice.IsComplete, advice.Trials).ShouldBe((false, 3 * 1024));
        Should.Throw<OperationCanceledException>(() =>
            Stopping(
                1,
                (options, stop) => Sensitivity.Tornado(scenario, "p", [("workload.volume", 1, 2)], options, stop)
            )
        );
        Should.Throw<OperationCanceledException>(() =>
            Stopping(1, (options, stop) => BreakEven.Find(scenario, "p", "flat", options, stop))
        );
    }

    [Fact]
    public void A_question_counts_all_its_trials_together()
    {
        var scenario = Scenarios.Create(Scenarios.Months(), Plan, new FlatPlan { Name = "flat", Fee = 9 }) with
        {
            Trials = 2048,
        };
        var seen = new List<SimulationProgress>();
        var options = new SimulationOptions { Threads = 1, Progress = new Watcher(seen.Add) };

        Sensitivity.Run(scenario, [SensitivityAxis.Between("workload.volume", 1, 5, 5)], options);
        (seen[0].TrialsDone, seen[0].Trials, seen[^1].TrialsDone, seen[^1].Trials).ShouldBe(
            (1024, 5 * 2048, 5 * 2048, 5 * 2048)
        );

        seen.Clear();
        BreakEven.Find(scenario, "p", "flat", options).Points.Count.ShouldBe(1);
        seen.ShouldAllBe(step => step.TrialsDone <= step.Trials);
        (seen[^1].Trials - seen[^1].TrialsDone).ShouldBeLessThan(
            seen[^1].Trials / 10,
            "it ends near the end of the bar"
        );
    }

    [Fact]
    public void A_plan_that_throws_ends_the_simulation_with_its_own_exception()
    {
        var scenario = Scenarios.Create(Scenarios.Months(), new Throwing());
        Should.Throw<NotSupportedException>(() => PlanSimulation.Run(scenario, new SimulationOptions { Threads = 2 }));
    }

    [Fact]
    public void A_plan_that_charges_no_number_is_named()
    {
        Should
            .Throw<InvalidInputException>(() =>
                PlanSimulation.Run(Scenarios.Create(Scenarios.Months(), new Throwing { Amount = double.NaN }))
            )
            .Message.ShouldBe("plans[throwing]: must charge a finite amount, but is NaN");
    }

    /// <summary>Asks on one thread, and stops once so many trials are done.</summary>
    private static T Stopping<T>(long trials, Func<SimulationOptions, CancellationToken, T> ask)
    {
        using var stop = new CancellationTokenSource();
        return ask(
            new SimulationOptions
            {
                Threads = 1,
                Progress = new Watcher(seen =>
                {
                    if (seen.TrialsDone >= trials)
                        stop.Cancel();
                }),
            },
            stop.Token
        );
    }

    private sealed class Watcher(Action<SimulationProgress> watch) : IProgress<SimulationProgress>
    {
        public void Report(SimulationProgress value) => watch(value);
    }

    private sealed record Throwing : IPricingPlan, IPlanPricing
    {
        public double? Amount { get; init; }

        public string Name => "throwing";

        public ChargeScope ChargedPer => ChargeScope.User;

        public void Check(InputValidator check, Workload workload) { }

        public IPlanPricing Prepare(Workload workload) => this;

        public MonthCharge Charge(in UsageMonth usage, Span<double> carried) =>
            new(Amount ?? throw new NotSupportedException());
    }
}
