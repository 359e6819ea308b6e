using Tollgate.Accounting.SignIns;

namespace Tollgate.Identity.Sessions;

/// <summary>A session as last read, and its use in this process.</summary>
/// <param name="session">The session.</param>
/// <param name="readAt">The timestamp before it was read.</param>
/// <param name="before">The same session as read earlier; null if it was not.</param>
internal sealed class CachedSession(SignInSession session, long readAt, CachedSession? before)
{
    private long _seenAt = Math.Max(session.SeenAt.UtcTicks, before?.SeenTicks ?? 0);
    private long _recordedAt = Math.Max(session.SeenAt.UtcTicks, before?.RecordedTicks ?? 0);

    public SignInSession Session { get; } = session;

    public long ReadAt { get; } = readAt;

    /// <summary>When it was last used, also if this is not stored yet.</summary>
    public DateTimeOffset SeenAt => new(SeenTicks, TimeSpan.Zero);

    private long SeenTicks => Interlocked.Read(ref _seenAt);

    private long RecordedTicks => Interlocked.Read(ref _recordedAt);

    /// <summary>
    /// Notes a use; returns true if it should be stored, which is at most once an interval however many requests there
    /// are.
    /// </summary>
    public bool NoteUse(DateTimeOffset now, TimeSpan interval)
    {
        Interlocked.Exchange(ref _seenAt, Math.Max(SeenTicks, now.UtcTicks));
        var recorded = RecordedTicks;
        return now.UtcTicks - recorded >= interval.Ticks
            && Interlocked.CompareExchange(ref _recordedAt, now.UtcTicks, recorded) == recorded;
    }
}
