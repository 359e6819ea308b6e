using System.Diagnostics;
using System.Globalization;
using Tollgate.Analytics.Simulation;
using Tollgate.Simulation.Bench;

var trials = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 100_000;
var rounds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 9;
var threads = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 0;

var resamples = args.Length > 3 ? int.Parse(args[3], CultureInfo.InvariantCulture) : 1000;

var times = new List<double>();
var processor = new List<double>();
using var process = Process.GetCurrentProcess();
SimulationReport? report = null;
for (var round = 0; round < rounds; round++)
{
    process.Refresh();
    var used = process.TotalProcessorTime;
    var begin = Stopwatch.GetTimestamp();
    report = PlanSimulation.Run(
        SixMechanisms.Scenario(trials) with
        {
            Resamples = resamples,
        },
        new SimulationOptions { Threads = threads }
    );
    times.Add(Stopwatch.GetElapsedTime(begin).TotalSeconds);
    process.Refresh();
    processor.Add((process.TotalProcessorTime - used).TotalSeconds);
}

Console.WriteLine(
    string.Create(
        CultureInfo.InvariantCulture,
        $"seconds first {times[0]:F3} median {times.Order().ElementAt(times.Count / 2):F3} best {times.Min():F3} "
            + $"processor {processor.Order().ElementAt(times.Count / 2):F3}"
    )
);
foreach (var plan in report!.Plans)
    Console.WriteLine(
        string.Create(
            CultureInfo.InvariantCulture,
            $"{plan.Plan,-14} mean {plan.Mean:F4} [{plan.MeanInterval?.Low:F4}, {plan.MeanInterval?.High:F4}] median "
                + $"{plan.Median:F4} "
                + $"[{plan.MedianInterval?.Low:F4}, {plan.MedianInterval?.High:F4}] p95 {plan.Percentiles[94]:F4} "
                + $"[{plan.P95Interval?.Low:F4}, {plan.P95Interval?.High:F4}]"
        )
    );
