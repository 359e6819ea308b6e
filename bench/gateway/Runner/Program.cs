using System.Globalization;
using Tollgate.Gateway.Bench;

// Usage: gateway-bench BUILD_FOLDER SOURCE_FOLDER [--rounds N] [--seconds N] [--warm-up SECONDS] [--quick]
// [--idle] [--only PEER,PEER] [--baseline FOLDER_OF_ANOTHER_BUILD]
// Run by bench/gateway/run.sh, which builds the programs to measure.
var quick = args.Contains("--quick");
var scenarios =
    args.Contains("--idle") ? Scenario.Idle
    : quick ? [Scenario.Floor]
    : [.. Scenario.Idle, .. Scenario.All];
var rounds = int.Parse(Option("--rounds", quick ? "16" : "3"), CultureInfo.InvariantCulture);
var seconds = int.Parse(Option("--seconds", "4"), CultureInfo.InvariantCulture);
var warmUp = int.Parse(Option("--warm-up", quick ? "15" : "8"), CultureInfo.InvariantCulture);
var only = Option("--only", "").Split(',', StringSplitOptions.RemoveEmptyEntries);
var folder = Path.Combine(Path.GetTempPath(), $"tollgate-gateway-bench-{Environment.ProcessId}");
var setup = new Setup(args[0], args[1], folder, Option("--baseline", "") is { Length: > 0 } other ? other : null);

try
{
    await setup.PrepareAsync();
    using var provider = await setup.Provider().StartAsync();
    var peers = setup.Peers().Where(peer => only.Length == 0 || only.Contains(peer.Name)).ToArray();
    using var running = await RunningPeers.StartAsync(peers);
    var run = new Measurements(args[1], running, seconds);
    foreach (var scenario in scenarios)
        await run.WarmUpAsync(scenario, warmUp);
    for (var round = 1; round <= rounds; round++)
        foreach (var scenario in scenarios)
            await run.MeasureAsync(scenario);
    Report.Write(Console.Out, run);
    await running.StopAsync();
    if (!Array.Exists(peers, static peer => peer.Name == Peer.Tollgate))
        return 0; // Nothing was booked, and no floor applies to the other peers.
    var isComplete = LedgerAudit.Write(Console.Out, folder, run);
    return isComplete && (!scenarios.Contains(Scenario.Floor) || Floors.Write(Console.Out, run)) ? 0 : 1;
}
finally
{
    if (Directory.Exists(folder))
        Directory.Delete(folder, recursive: true);
}

string Option(string name, string otherwise) =>
    Array.IndexOf(args, name) is var at && at >= 0 && at + 1 < args.Length ? args[at + 1] : otherwise;
