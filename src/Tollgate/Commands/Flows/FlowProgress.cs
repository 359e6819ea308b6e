using System.Globalization;

namespace Tollgate.Commands.Flows;

/// <summary>How far the reading is, on one line of the terminal. Nothing where nobody looks, or where it is done at once.</summary>
internal sealed class FlowProgress(long? size, TextWriter terminal) : IProgress<long>, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1), Pause = TimeSpan.FromMilliseconds(200);

    private readonly Lock _lock = new();
    private readonly long _started = TimeProvider.System.GetTimestamp();
    private long _shownAt;
    private bool _isShown;
    private bool _isDone;

    public static FlowProgress? Start(IReadOnlyList<string> paths) =>
        Console.IsErrorRedirected ? null : new FlowProgress(FlowFiles.Size(paths), Console.Error);

    public void Report(long value)
    {
        var now = TimeProvider.System.GetTimestamp();
        if (TimeProvider.System.GetElapsedTime(_started, now) < Patience || TimeProvider.System.GetElapsedTime(Volatile.Read(ref _shownAt), now) < Pause) return;
        lock (_lock)
        {
            if (_isDone) return;
            Volatile.Write(ref _shownAt, now);
            _isShown = true;
            var seconds = TimeProvider.System.GetElapsedTime(_started, now).TotalSeconds;
            var left = size is > 0 ? string.Create(CultureInfo.InvariantCulture, $" of {size / 1e6:N0} MB, {(size.Value - value) / (value / seconds):N0} s left") : "";
            terminal.Write(string.Create(CultureInfo.InvariantCulture, $"\r{value / 1e6:N0} MB{left}, {value / 1e6 / seconds:N0} MB/s   "));
        }
    }

    /// <summary>Clears the line.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_isShown && !_isDone) terminal.Write("\r" + new string(' ', 78) + "\r");
            _isDone = true;
        }
    }
}
