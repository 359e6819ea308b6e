namespace Tollgate.Accounting.Alerts;

/// <summary>Decides when a failed message is retried.</summary>
public static class AlertRetryPolicy
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan MaxDelay = TimeSpan.FromHours(1);

    /// <summary>After this time a message is abandoned, and an alert that was never sent is no longer sent.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromDays(1);

    /// <summary>
    /// Returns the delay after a failed attempt: five seconds, doubled each time up to an hour, minus a jitter of up to
    /// half so that many messages do not retry at once. Null if the message must be abandoned.
    /// </summary>
    /// <param name="message">The message's identity, from which the jitter is derived.</param>
    /// <param name="attempts">The number of attempts so far, including the failed one.</param>
    /// <param name="age">The time since the alert was raised.</param>
    public static TimeSpan? NextDelay(Guid message, int attempts, TimeSpan age)
    {
        if (age >= Timeout)
            return null;
        var doubled = attempts is > 0 and < 12 ? FirstDelay * (1 << (attempts - 1)) : MaxDelay;
        var wait = doubled < MaxDelay ? doubled : MaxDelay;
        var spread = (uint)HashCode(message, attempts) % 1000;
        wait -= wait * (spread / 2000d);
        return age + wait < Timeout ? wait : Timeout - age;
    }

    /// <summary>A hash that is the same in every process, unlike the runtime's own.</summary>
    private static int HashCode(Guid message, int attempts)
    {
        Span<byte> bytes = stackalloc byte[16];
        message.TryWriteBytes(bytes);
        var hash = attempts;
        foreach (var value in bytes)
            hash = (hash * 31) + value;
        return hash;
    }
}
