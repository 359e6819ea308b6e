namespace Tollgate.Accounting.Logging;

/// <summary>
/// Monitors an operation that is retried while it fails. The first failure and the first success after it are logged,
/// not each retry, which would fill the log. May be used from any thread.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="logStart">Logs the start of an outage.</param>
/// <param name="logEnd">Logs its end.</param>
internal sealed class OutageMonitor(TimeProvider time, Action<Exception> logStart, Action logEnd)
{
    private long _failedAt;
    private int _isFailing;

    /// <summary>True from a failure until the next success.</summary>
    public bool IsFailing => Volatile.Read(ref _isFailing) == 1;

    /// <summary>When the operation last failed; null if it never did.</summary>
    public DateTimeOffset? LastFailureAt =>
        Interlocked.Read(ref _failedAt) is var ticks and not 0 ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    public void NoteFailure(Exception failure)
    {
        Interlocked.Exchange(ref _failedAt, time.GetUtcNow().UtcTicks);
        if (Interlocked.Exchange(ref _isFailing, 1) == 0)
            Log(() => logStart(failure));
    }

    public void NoteSuccess()
    {
        if (IsFailing && Interlocked.Exchange(ref _isFailing, 0) == 1)
            Log(logEnd);
    }

    private static void Log(Action log)
    {
        try
        {
            log();
        }
        catch (Exception)
        {
            // A program's logger that fails must not end the thread that writes the ledger.
        }
    }
}
