namespace Tollgate.Gateway.Bench;

/// <summary>The tables, as Markdown.</summary>
internal static class Report
{
    public static void Write(TextWriter output, Measurements run)
    {
        output.WriteLine("| load | gateway | requests/s | CPU µs a call | p50 ms | p99 ms | non-2xx |");
        output.WriteLine("| --- | --- | ---: | ---: | ---: | ---: | ---: |");
        foreach (var scenario in run.Samples.Select(static sample => sample.Scenario).Distinct())
            foreach (var peer in run.Peers)
                output.WriteLine(Row(run, scenario, peer.Name));

        output.WriteLine();
        WriteAddedLatency(output, run);
        output.WriteLine("| gateway | memory MB | at its highest MB |");
        output.WriteLine("| --- | ---: | ---: |");
        foreach (var peer in run.Peers)
        {
            var (now, peak) = run.ProcessOf(peer).Memory;
            output.WriteLine($"| {peer.Name} | {now:N0} | {peak:N0} |");
        }

        output.WriteLine();
    }

    /// <summary>The latency that Tollgate adds to the bare forwarder's, at few connections.</summary>
    private static void WriteAddedLatency(TextWriter output, Measurements run)
    {
        var measured = Scenario.Idle.Where(scenario => run.Of(scenario, Peer.Bare).Any()).ToList();
        if (measured.Count == 0)
            return;
        output.WriteLine("| load | gateway | added p50 ms | added p99 ms |");
        output.WriteLine("| --- | --- | ---: | ---: |");
        foreach (var scenario in measured)
            foreach (
                var name in new[] { Peer.Tollgate, Peer.Unflushed, Peer.Baseline }.Where(name =>
                    run.Of(scenario, name).Any()
                )
            )
                output.WriteLine(
                    $"| {scenario} | {name} "
                        + $"| {Added(run, scenario, name, static sample => sample.Result.P50Ms):N2} "
                        + $"| {Added(run, scenario, name, static sample => sample.Result.P99Ms):N2} |"
                );
        output.WriteLine();
    }

    private static double Added(Measurements run, Scenario scenario, string peer, Func<Sample, double> of) =>
        run.Median(scenario, peer, of) - run.Median(scenario, Peer.Bare, of);

    private static string Row(Measurements run, Scenario scenario, string peer)
    {
        var bad = run.Of(scenario, peer).Sum(static sample => sample.Result.Refused + sample.Result.SocketErrors);
        return $"| {scenario} | {peer} | {run.Median(scenario, peer, static sample => sample.Result.PerSecond):N0} "
            + $"| {run.Median(scenario, peer, static sample => sample.MicrosecondsPerCall):N1} "
            + $"| {run.Median(scenario, peer, static sample => sample.Result.P50Ms):N2} "
            + $"| {run.Median(scenario, peer, static sample => sample.Result.P99Ms):N2} | {bad} |";
    }
}
