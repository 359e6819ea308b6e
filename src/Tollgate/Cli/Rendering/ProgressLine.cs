namespace Tollgate.Cli.Rendering;

/// <summary>A progress line in the terminal that is overwritten in place and cleared at the end.</summary>
/// <param name="terminal">The terminal.</param>
/// <param name="time">The clock.</param>
/// <param name="timeout">The delay before anything is shown; shorter work shows nothing.</param>
internal sealed class ProgressLine(TextWriter terminal, TimeProvider time, TimeSpan timeout) : IDisposable
{
    private const int Width = 90;
    private static readonly TimeSpan UpdateInterval = TimeSpan.FromMilliseconds(200);

    private readonly Lock _lock = new();
    private readonly long _started = time.GetTimestamp();
    private long _shownAt = time.GetTimestamp();
    private bool _isShown;
    private bool _isDone;

    /// <summary>The time since the start.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(_started);

    /// <summary>Returns whether an update is due. Cheap, and callable from any thread.</summary>
    public bool IsDue => Elapsed >= timeout && time.GetElapsedTime(Volatile.Read(ref _shownAt)) >= UpdateInterval;

    public void Show(string text)
    {
        lock (_lock)
        {
            if (_isDone)
                return;
            Volatile.Write(ref _shownAt, time.GetTimestamp());
            _isShown = true;
            terminal.Write("\r" + text.PadRight(Width));
        }
    }

    /// <summary>Clears the line.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_isShown && !_isDone)
                terminal.Write("\r" + new string(' ', Width) + "\r");
            _isDone = true;
        }
    }
}
