using System.Diagnostics;
using System.Globalization;

namespace Tollgate.Gateway.Bench;

/// <summary>wrk's results for one run.</summary>
internal sealed record WrkResult(
    long Requests,
    long Refused,
    long SocketErrors,
    double Seconds,
    double P50Ms,
    double P99Ms
)
{
    /// <summary>Responses with a status below 400.</summary>
    public long Good => Requests - Refused;

    public double PerSecond => Good / Seconds;

    /// <summary>Loads one peer for a number of seconds.</summary>
    public static async Task<WrkResult> RunAsync(string script, Peer peer, Scenario scenario, int seconds)
    {
        string[] arguments =
        [
            "-t1",
            $"-c{scenario.Connections}",
            $"-d{seconds}s",
            "--timeout",
            "10s",
            "-s",
            script,
            peer.Url,
            "--",
            scenario.Streams ? "stream" : "plain",
            $"{scenario.PromptBytes}",
            .. peer.Headers.SelectMany(static header => new[] { header.Key, header.Value }),
        ];
        using var wrk = Process.Start(new ProcessStartInfo("wrk", arguments) { RedirectStandardOutput = true })!;
        var output = await wrk.StandardOutput.ReadToEndAsync();
        await wrk.WaitForExitAsync();
        var line =
            output.Split('\n').FirstOrDefault(static line => line.StartsWith("RESULT ", StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"wrk failed against {peer.Name}: {output}");
        var numbers = line.Split(' ')[1..]
            .Select(static number => long.Parse(number, CultureInfo.InvariantCulture))
            .ToArray();
        return new WrkResult(numbers[0], numbers[1], numbers[2], numbers[3] / 1e6, numbers[4] / 1e3, numbers[5] / 1e3);
    }
}
