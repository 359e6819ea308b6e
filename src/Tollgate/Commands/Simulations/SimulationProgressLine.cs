using System.Globalization;
using Tollgate.Analytics.Simulation;

namespace Tollgate.Commands.Simulations;

/// <summary>How far a simulation is, on one line of the terminal: a bar, the rate, the time left. Nothing where nobody looks.</summary>
internal sealed class SimulationProgressLine(TextWriter terminal, TimeProvider time) : IProgress<SimulationProgress>, IDisposable
{
    private const int Width = 24;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private readonly Lock _lock = new();
    private long _shownAt = time.GetTimestamp();
    private bool _isShown;
    private bool _isDone;

    /// <summary>A line on the terminal; null where errors go elsewhere.</summary>
    public static SimulationProgressLine? Start(TimeProvider time) => Console.IsErrorRedirected ? null : new SimulationProgressLine(Console.Error, time);

    /// <summary>The line for a state.</summary>
    public static string Text(SimulationProgress at)
    {
        var done = (int)((long)Width * at.TrialsDone / Math.Max(1, at.Trials));
        var left = at.TimeLeft is { } time ? string.Create(CultureInfo.InvariantCulture, $", {Math.Ceiling(time.TotalSeconds):N0} s left") : "";
        return string.Create(CultureInfo.InvariantCulture, $"[{new string('#', done)}{new string('.', Width - done)}] {at.TrialsDone:N0} of {at.Trials:N0} trials, {at.TrialsPerSecond:N0}/s{left}");
    }

    public void Report(SimulationProgress value)
    {
        var now = time.GetTimestamp();
        if (time.GetElapsedTime(Volatile.Read(ref _shownAt), now) < Pause) return;
        lock (_lock)
        {
            if (_isDone) return;
            Volatile.Write(ref _shownAt, now);
            _isShown = true;
            terminal.Write("\r" + Text(value).PadRight(90));
        }
    }

    /// <summary>Clears the line.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_isShown && !_isDone) terminal.Write("\r" + new string(' ', 90) + "\r");
            _isDone = true;
        }
    }
}
