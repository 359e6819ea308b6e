using System.Diagnostics;
using System.Globalization;

namespace Tollgate.Gateway.Bench;

/// <summary>A started peer with its children: measures its resources and stops it.</summary>
internal sealed class RunningProcess : IDisposable
{
    private const double TicksPerSecond = 100; // USER_HZ, a constant of the Linux ABI.

    private readonly Process _process;

    public RunningProcess(Peer peer)
    {
        var start = new ProcessStartInfo(peer.Program, peer.Arguments) { RedirectStandardOutput = true };
        foreach (var (name, value) in peer.Environment)
            start.Environment[name] = value;
        _process = Process.Start(start) ?? throw new InvalidOperationException($"{peer.Program} did not start.");
        _process.OutputDataReceived += static (_, _) => { };
        _process.BeginOutputReadLine();
    }

    public bool HasExited => _process.HasExited;

    /// <summary>Processor time of it and its children, in seconds.</summary>
    public double ProcessorSeconds =>
        Ids()
            .Sum(static id =>
            {
                var fields = File.ReadAllText($"/proc/{id}/stat").Split(") ")[1].Split(' ');
                return (Number(fields[11]) + Number(fields[12])) / TicksPerSecond;
            });

    /// <summary>Resident memory of it and its children in MB, current and peak.</summary>
    public (double Now, double Peak) Memory =>
        (Ids().Sum(static id => Status(id, "VmRSS:")), Ids().Sum(static id => Status(id, "VmHWM:")));

    /// <summary>Terminates it as an operator would, and waits.</summary>
    public async Task StopAsync()
    {
        if (_process.HasExited)
            return;
        using (var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]))
            await kill.WaitForExitAsync();
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(40));
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private IEnumerable<int> Ids()
    {
        var children = $"/proc/{_process.Id}/task/{_process.Id}/children";
        return File.ReadAllText(children)
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(int.Parse)
            .Prepend(_process.Id);
    }

    private static double Status(int id, string name) =>
        Number(
            File.ReadLines($"/proc/{id}/status")
                .First(line => line.StartsWith(name, StringComparison.Ordinal))
                .Split(' ')[^2]
        ) / 1024;

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
