using System.Globalization;
using Tollgate.Analytics.Simulation;
using Tollgate.Cli.Rendering;

namespace Tollgate.Cli.Simulations;

/// <summary>
/// The progress of a simulation on one line of the terminal: a bar, the rate, the time left. Shows nothing without a
/// terminal.
/// </summary>
internal sealed class SimulationProgressLine(ProgressLine line) : IProgress<SimulationProgress>, IDisposable
{
    private const int Width = 24;

    /// <summary>The label in front of the bar; may be empty.</summary>
    public string Label { get; set; } = "";

    /// <summary>Creates a line on the terminal; null if standard error is redirected.</summary>
    public static SimulationProgressLine? Start(TimeProvider time) =>
        Console.IsErrorRedirected
            ? null
            : new SimulationProgressLine(new ProgressLine(Console.Error, time, TimeSpan.Zero));

    /// <summary>Formats the line for a state.</summary>
    public static string Text(SimulationProgress at)
    {
        var done = (int)(Width * at.TrialsDone / Math.Max(1, at.Trials));
        var left = at.TimeLeft is { } time
            ? string.Create(CultureInfo.InvariantCulture, $", {Math.Ceiling(time.TotalSeconds):N0} s left")
            : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"[{new string('#', done)}{new string('.', Width - done)}] {at.TrialsDone:N0} of {at.Trials:N0} trials, "
                + $"{at.TrialsPerSecond:N0}/s{left}"
        );
    }

    public void Report(SimulationProgress value)
    {
        if (line.IsDue)
            line.Show(Label + Text(value));
    }

    public void Dispose() => line.Dispose();
}
