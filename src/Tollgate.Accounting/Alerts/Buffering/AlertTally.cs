using Tollgate.Accounting.Stores;

namespace Tollgate.Accounting.Alerts.Buffering;

/// <summary>
/// How the delivery of alerts goes, for health endpoints and metrics. Written by whoever sends, read from any thread.
/// </summary>
public sealed class AlertTally
{
    private readonly Lock _lock = new();
    private AlertCounts _counts;
    private long _sent;
    private long _failed;

    /// <summary>The names of the channels that this process sends by; empty where it sends nothing.</summary>
    public IReadOnlyList<string> Channels { get; set; } = [];

    /// <summary>Messages that this process has sent.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>Attempts of this process that failed.</summary>
    public long Failed => Interlocked.Read(ref _failed);

    /// <summary>How all messages stood when the store was asked last.</summary>
    public AlertCounts Counts
    {
        get
        {
            lock (_lock)
                return _counts;
        }
        set
        {
            lock (_lock)
                _counts = value;
        }
    }

    /// <summary>Why the store of alerts could not be used the last time; null where it could.</summary>
    public string? StoreError { get; set; }

    /// <summary>A message was sent.</summary>
    public void AddSent() => Interlocked.Increment(ref _sent);

    /// <summary>An attempt failed.</summary>
    public void AddFailed() => Interlocked.Increment(ref _failed);
}
