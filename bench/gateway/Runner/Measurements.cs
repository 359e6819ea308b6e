namespace Tollgate.Gateway.Bench;

/// <summary>One run against one peer, and the processor time that the peer used per call.</summary>
internal sealed record Sample(Scenario Scenario, Peer Peer, WrkResult Result, double MicrosecondsPerCall);

/// <summary>
/// All measurements. Each round measures the peers in turn, so that a slow minute affects all of them.
/// </summary>
internal sealed class Measurements(string sources, RunningPeers running, int seconds)
{
    private readonly string _script = Path.Combine(sources, "calls.lua");

    public List<Sample> Samples { get; } = [];

    /// <summary>Runs whose times do not count, but whose calls are in the ledger nevertheless.</summary>
    public List<Sample> WarmUps { get; } = [];

    public IEnumerable<Peer> Peers => running.Peers;

    public RunningProcess ProcessOf(Peer peer) => running[peer];

    /// <param name="scenario">The load.</param>
    /// <param name="warmUpSeconds">
    /// How long each peer is called. A .NET program is compiled twice while it runs, and needs 10 s of this load to
    /// reach its full speed: the more code, the longer.
    /// </param>
    public async Task WarmUpAsync(Scenario scenario, int warmUpSeconds)
    {
        foreach (var peer in running.Peers)
            WarmUps.Add(await RunAsync(scenario, peer, warmUpSeconds));
    }

    public async Task MeasureAsync(Scenario scenario)
    {
        foreach (var peer in running.Peers)
            Samples.Add(await RunAsync(scenario, peer, seconds));
    }

    /// <summary>The median over the rounds.</summary>
    public double Median(Scenario scenario, string peer, Func<Sample, double> of)
    {
        var sorted = Of(scenario, peer).Select(of).Order().ToArray();
        return sorted.Length == 0 ? double.NaN : (sorted[sorted.Length / 2] + sorted[(sorted.Length - 1) / 2]) / 2;
    }

    public IEnumerable<Sample> Of(Scenario scenario, string peer) =>
        Samples.Where(sample => sample.Scenario == scenario && sample.Peer.Name == peer);

    private async Task<Sample> RunAsync(Scenario scenario, Peer peer, int forSeconds)
    {
        var before = running[peer].ProcessorSeconds;
        var result = await WrkResult.RunAsync(_script, peer, scenario, forSeconds);
        var sample = new Sample(
            scenario,
            peer,
            result,
            (running[peer].ProcessorSeconds - before) * 1e6 / Math.Max(1, result.Requests)
        );
        Console.Error.WriteLine(
            $"{scenario}: {peer.Name} {result.PerSecond:N0}/s, {sample.MicrosecondsPerCall:N1} µs CPU a call"
        );
        return sample;
    }
}
