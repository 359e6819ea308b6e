namespace Tollgate.Gateway.Bench;

/// <summary>The required ratios for plain calls of 1 KB over 64 connections, within one run.</summary>
internal static class Floors
{
    private static readonly (string Peer, string Other, double Floor)[] All =
    [
        (Peer.Tollgate, Peer.Bare, 0.6),
        (Peer.Tollgate, Peer.Nginx, 0.30),
        (Peer.Tollgate, Peer.Portkey, 15),
    ];

    /// <summary>
    /// Below this, the machine is unsuitable: the overhead shared by both .NET programs is too large for a comparison.
    /// </summary>
    private const double ValidFrom = 0.45;

    public static bool Write(TextWriter output, Measurements run)
    {
        var isValid = Ratio(run, Peer.Bare, Peer.Nginx) >= ValidFrom;
        output.WriteLine(
            $"{Scenario.Floor}: {Peer.Bare} / {Peer.Nginx} = {Ratio(run, Peer.Bare, Peer.Nginx):N2}, so the run is "
                + $"{(isValid ? "valid" : "INVALID")} (from {ValidFrom:N2})."
        );
        var reached = true;
        foreach (var (peer, other, floor) in All)
        {
            var ratio = Ratio(run, peer, other);
            reached &= !(ratio < floor);
            output.WriteLine(
                $"- {peer} / {other} = {ratio:N2} (floor {floor:N2}): {(ratio >= floor ? "reached" : "MISSED")}"
            );
        }

        output.WriteLine(
            $"- {Peer.Tollgate} / {Peer.TunedBare} = {Ratio(run, Peer.Tollgate, Peer.TunedBare):N2} (no floor: the "
                + $"bare forwarder with Tollgate's runtime settings)"
        );
        if (run.Of(Scenario.Floor, Peer.Baseline).Any())
            output.WriteLine($"- {Peer.Tollgate} / {Peer.Baseline} = {Ratio(run, Peer.Tollgate, Peer.Baseline):N2}");
        return isValid && reached;
    }

    private static double Ratio(Measurements run, string peer, string other) =>
        PerSecond(run, peer) / PerSecond(run, other);

    private static double PerSecond(Measurements run, string peer) =>
        run.Median(Scenario.Floor, peer, static sample => sample.Result.PerSecond);
}
