using Tollgate.Analytics.Statistics.Numerics;

namespace Tollgate.Analytics.Simulation.Questions;

/// <summary>
/// Finds the volumes at which one plan becomes cheaper than another: mean charges are compared at volumes from 1/1000
/// to 1000 times the scenario's, half an octave apart, and between two of them with different winners the crossing is
/// bisected. All volumes use the same random numbers, so the difference is a smooth function of the volume.
/// </summary>
public static class BreakEven
{
    private const int HalfOctaves = 20;
    private const int MaxTrials = 20_000;

    /// <summary>
    /// Plans with the same rates differ in the last digits of their sums; this does not count as a difference.
    /// </summary>
    private const double Rounding = 1e-12;

    /// <summary>
    /// The crossings, in ascending order; none if one plan is always cheaper within that range. If canceled, returns
    /// those found so far.
    /// </summary>
    /// <exception cref="InvalidInputException">The scenario is invalid, or a name is not one of its plans.</exception>
    /// <exception cref="OperationCanceledException">It was canceled before two volumes were compared.</exception>
    public static BreakEvenSearch Find(
        Scenario scenario,
        string plan,
        string otherPlan,
        SimulationOptions? options = null,
        CancellationToken stop = default
    )
    {
        if (scenario.Problems() is { Count: > 0 } problems)
            throw new InvalidInputException(problems);
        if (plan == otherPlan)
            throw new InvalidInputException("otherPlan", $"must be a plan other than '{plan}'");
        var pair = new[] { Plan(scenario, "plan", plan), Plan(scenario, "otherPlan", otherPlan) };
        scenario = scenario with { Plans = pair, Baseline = null, Trials = Math.Min(scenario.Trials, MaxTrials) };
        var runs = new QuestionRuns((2 * HalfOctaves + 1L) * scenario.Trials, options, stop);
        var found = new List<BreakEvenPoint>();
        double lastVolume = 0;
        var lastSign = 0;
        double? searched = null;
        for (var i = -HalfOctaves; i <= HalfOctaves; i++)
        {
            var volume = Elementary.Power(2, i / 2.0) * scenario.Workload.Volume;
            try
            {
                var sign = Math.Sign(At(volume).Difference);
                if (lastSign != 0 && sign == -lastSign)
                    found.Add(Cross(lastVolume, volume, lastSign));
                // If both charge the same over a range, the winners before and after it decide.
                if (sign != 0)
                    (lastVolume, lastSign) = (volume, sign);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested && searched is not null)
            {
                return new BreakEvenSearch(plan, otherPlan, found, searched.Value, IsComplete: false);
            }
            searched = volume;
        }
        return new BreakEvenSearch(plan, otherPlan, found, searched!.Value, IsComplete: true);

        BreakEvenPoint Cross(double low, double high, int signAtLow)
        {
            // Each step halves the logarithm of half an octave, or of more if the winners are farther apart.
            runs.Expect((long)(1 + Math.Ceiling(Math.Log2(Math.Log(high / low) / 1e-9))) * scenario.Trials);
            while (high / low > 1 + 1e-9)
            {
                var middle = Math.Sqrt(low * high);
                if (Math.Sign(At(middle).Difference) == signAtLow)
                    low = middle;
                else
                    high = middle;
            }
            var (below, above) = signAtLow < 0 ? (plan, otherPlan) : (otherPlan, plan);
            return new BreakEvenPoint(high, At(high).Tokens, below, above);
        }

        (double Difference, double Tokens) At(double volume)
        {
            var report = runs.Run(scenario with { Workload = scenario.Workload with { Volume = volume } });
            var difference = report.Plans[0].Mean - report.Plans[1].Mean;
            var isRounding = Math.Abs(difference) <= Rounding * Math.Max(report.Plans[0].Mean, report.Plans[1].Mean);
            return (isRounding ? 0 : difference, report.Usage.TotalTokens);
        }
    }

    private static Plans.IPricingPlan Plan(Scenario scenario, string field, string name) =>
        scenario.Plans.FirstOrDefault(plan => plan.Name == name)
        ?? throw new InvalidInputException(
            field,
            $"'{name}' is unknown: it must be one of {string.Join(", ", scenario.Plans.Select(plan => plan.Name))}"
        );
}
