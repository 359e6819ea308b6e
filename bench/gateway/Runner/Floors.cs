namespace Tollgate.Gateway.Bench;

/// <summary>What must be reached for plain calls of 1 KB over 64 connections, as ratios within one run.</summary>
internal static class Floors
{
    private static readonly (string Peer, string Other, double Floor)[] All =
    [
        (Peer.Tollgate, Peer.Bare, 0.6),
        (Peer.Tollgate, Peer.Nginx, 0.30),
        (Peer.Tollgate, Peer.Portkey, 15),
    ];

    /// <summary>
    /// Below this the machine is not fit: what both .NET programs share is too slow on it to compare anything.
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
            $"- {Peer.Tollgate} / {Peer.TunedBare} = {Ratio(run, Peer.Tollgate, Peer.TunedBare):N2} (no floor: what "
                + $"is left when the bare forwarder has Tollgate's runtime settings)"
        );
        return isValid && reached;
    }

    private static double Ratio(Measurements run, string peer, string other) =>
        PerSecond(run, peer) / PerSecond(run, other);

    private static double PerSecond(Measurements run, string peer) =>
        run.Median(Scenario.Floor, peer, static sample => sample.Result.PerSecond);
}
