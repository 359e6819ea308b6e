using System.Net;
using System.Net.Sockets;
using Tollgate.Accounting.Stores;

namespace Tollgate.Identity.Sessions;

/// <summary>
/// Limits attempts to sign in: after 5 wrong passwords an account waits 1, 2, 4, 8, then 15 minutes after each further
/// one, and an address has 20 attempts a minute. An attempt is counted in the shared store before its password is
/// hashed, so that concurrent guesses, also by several gateways, count too.
/// </summary>
internal sealed class SignInThrottle(ISignInStore store, TimeProvider time)
{
    /// <summary>The wrong passwords in a row after which an account waits.</summary>
    public const int FreeAttempts = 5;

    /// <summary>The attempts of one address in <see cref="AddressWindow"/>.</summary>
    public const int AddressAttempts = 20;

    public static readonly TimeSpan AddressWindow = TimeSpan.FromMinutes(1);

    /// <summary>The age at which the counter of an account restarts even without a correct password.</summary>
    public static readonly TimeSpan AccountWindow = TimeSpan.FromDays(1);

    private const int MaxDoublings = 4;
    private const int PrefixBytes = 8; // A customer of an Internet provider has a /64 and more.

    private static readonly TimeSpan FirstWait = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan MaxWait = TimeSpan.FromMinutes(15);

    /// <summary>Counts an attempt from an address; returns how long to wait if it is refused.</summary>
    public async Task<TimeSpan?> CountAsync(IPAddress? address, CancellationToken cancellationToken)
    {
        if (address is null)
            return null;
        var now = time.GetUtcNow();
        var attempts = await store.CountAttemptAsync(
            $"address:{Describe(address)}",
            now,
            AddressWindow,
            cancellationToken
        );
        return attempts.Count > AddressAttempts ? AtLeastASecond(attempts.FirstAt + AddressWindow - now) : null;
    }

    /// <summary>
    /// Counts an attempt for a normalized username, whether or not there is such an account; returns how long to wait
    /// if it is refused. An attempt during a wait does not prolong it.
    /// </summary>
    public async Task<TimeSpan?> CountAsync(string username, CancellationToken cancellationToken)
    {
        var (subject, now) = (ToSubject(username), time.GetUtcNow());
        var before = await store.FindAttemptsAsync(subject, cancellationToken);
        if (before is not null && before.FirstAt + AccountWindow > now)
            if (before.LastAt + WaitAfter(before.Count) - now is { Ticks: > 0 } rest)
                return AtLeastASecond(rest);
        var attempts = await store.CountAttemptAsync(subject, now, AccountWindow, cancellationToken);
        // Of several attempts at the end of a wait, only the first finds that the one before it is long ago.
        var wait = WaitAfter(attempts.Count - 1);
        return attempts.PreviousAt is { } previous && now - previous < wait ? WaitAfter(attempts.Count) : null;
    }

    /// <summary>Forgets the wrong passwords of an account.</summary>
    public Task ClearAsync(string username, CancellationToken cancellationToken) =>
        store.ClearAttemptsAsync(ToSubject(username), cancellationToken);

    /// <summary>Returns the network for which attempts are counted: the address, or the /64 of IPv6.</summary>
    internal static string Describe(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address.ToString();
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(PrefixBytes).Clear();
        return $"{new IPAddress(bytes)}/{PrefixBytes * 8}";
    }

    /// <summary>Returns the wait after a number of attempts.</summary>
    internal static TimeSpan WaitAfter(int attempts)
    {
        if (attempts < FreeAttempts)
            return TimeSpan.Zero;
        var wait = FirstWait * (1 << Math.Min(attempts - FreeAttempts, MaxDoublings));
        return wait < MaxWait ? wait : MaxWait;
    }

    private static string ToSubject(string username) => $"account:{username}";

    /// <summary>A wait of less than a second would be sent as none.</summary>
    private static TimeSpan AtLeastASecond(TimeSpan wait) =>
        wait < TimeSpan.FromSeconds(1) ? TimeSpan.FromSeconds(1) : wait;
}
