using Tollgate.Accounting.Stores;

namespace Tollgate.Accounting.Alerts.Buffering;

/// <summary>
/// The state of alert delivery, for health endpoints and metrics. Written by the sender, read from any thread.
/// </summary>
public sealed class AlertMetrics
{
    private readonly Lock _lock = new();
    private AlertCounts _counts;
    private DateTimeOffset? _storeFailingSince;
    private long _sent;
    private long _failed;

    /// <summary>The names of the channels this process sends to; empty if it does not send.</summary>
    public IReadOnlyList<string> Channels { get; set; } = [];

    /// <summary>The number of messages that this process has sent.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>The number of failed attempts of this process.</summary>
    public long Failed => Interlocked.Read(ref _failed);

    /// <summary>The state of all messages when the store was last queried.</summary>
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

    /// <summary>
    /// Since when the alert store cannot be accessed; null if the last access succeeded. The log has the reason.
    /// </summary>
    public DateTimeOffset? StoreFailingSince
    {
        get
        {
            lock (_lock)
                return _storeFailingSince;
        }
        set
        {
            lock (_lock)
                _storeFailingSince = value;
        }
    }

    /// <summary>Counts a sent message.</summary>
    public void AddSent() => Interlocked.Increment(ref _sent);

    /// <summary>Counts a failed attempt.</summary>
    public void AddFailed() => Interlocked.Increment(ref _failed);
}
