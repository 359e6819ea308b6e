namespace Tollgate.Accounting.Alerts;

/// <summary>When a message that failed is tried again.</summary>
public static class DeliveryRetry
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>After this time a message is given up, and an alert that was never sent is not sent any more.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromDays(1);

    /// <summary>
    /// The wait after a failed attempt: five seconds, doubled each time up to an hour, of which up to half is taken off
    /// so that many messages do not come back at once. Null where the message is to be given up.
    /// </summary>
    /// <param name="message">The message's identity, from which the part taken off follows.</param>
    /// <param name="attempts">Attempts so far, the failed one included.</param>
    /// <param name="age">The time since the alert was raised.</param>
    public static TimeSpan? After(Guid message, int attempts, TimeSpan age)
    {
        if (age >= Patience)
            return null;
        var doubled = attempts is > 0 and < 12 ? First * (1 << (attempts - 1)) : Longest;
        var wait = doubled < Longest ? doubled : Longest;
        var spread = (uint)HashCode(message, attempts) % 1000;
        wait -= wait * (spread / 2000d);
        return age + wait < Patience ? wait : Patience - age;
    }

    /// <summary>A number that any process finds, unlike the runtime's own hash.</summary>
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
