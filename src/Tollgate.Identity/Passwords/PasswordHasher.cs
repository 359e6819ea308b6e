using System.Text;

namespace Tollgate.Identity.Passwords;

/// <summary>
/// Hashes passwords with PBKDF2 (HMAC-SHA-512), which takes a tenth of a second of a core and more. Only a few run at
/// the same time, and only a few wait, so that sign-ins cannot occupy the gateway's cores.
/// </summary>
public sealed class PasswordHasher : IDisposable
{
    private readonly int _iterations;
    private readonly int _maxAccepted;
    private readonly SemaphoreSlim _cores;
    private readonly PasswordHash _dummy;
    private int _accepted;

    /// <summary>Creates a hasher; a process needs one.</summary>
    /// <param name="options">The rounds and the maximum numbers.</param>
    public PasswordHasher(IdentityOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.PasswordIterations, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxHashings, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(options.MaxWaitingHashings, nameof(options));
        _iterations = options.PasswordIterations;
        _maxAccepted = options.MaxHashings + options.MaxWaitingHashings;
        _cores = new SemaphoreSlim(options.MaxHashings);
        _dummy = PasswordHash.Create("no account has this password", _iterations);
    }

    /// <summary>Hashes a password; returns null if too many already wait.</summary>
    /// <param name="password">The password, which <see cref="PasswordRules"/> accept.</param>
    /// <param name="cancellationToken">Stops waiting; a hashing that has begun completes.</param>
    public Task<string?> HashAsync(string password, CancellationToken cancellationToken = default) =>
        RunAsync<string?>(() => PasswordHash.Create(password, _iterations).Export(), busy: null, cancellationToken);

    /// <summary>Compares a password with a stored hash.</summary>
    /// <param name="password">The password.</param>
    /// <param name="storedHash">The hash; null if there is no account, which takes as long and is always
    /// wrong.</param>
    /// <param name="cancellationToken">Stops waiting; a hashing that has begun completes.</param>
    /// <exception cref="InvalidDataException">The hash does not have the format.</exception>
    public Task<PasswordCheck> VerifyAsync(
        string password,
        string? storedHash,
        CancellationToken cancellationToken = default
    )
    {
        var stored = storedHash is null ? null : Parse(storedHash);
        return RunAsync(() => Verify(password, stored), PasswordCheck.Busy, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _cores.Dispose();

    private PasswordCheck Verify(string password, PasswordHash? stored)
    {
        // A longer text cannot be a password; hashing it would let a client cause work.
        var isPossible = Encoding.UTF8.GetByteCount(password) <= PasswordRules.MaxBytes;
        var isEqual = (stored ?? _dummy).Verify(isPossible ? password : "");
        if (!isEqual || !isPossible || stored is null)
            return PasswordCheck.Wrong;
        return stored.Iterations < _iterations ? PasswordCheck.CorrectButOutdated : PasswordCheck.Correct;
    }

    private async Task<T> RunAsync<T>(Func<T> hash, T busy, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Interlocked.Increment(ref _accepted) > _maxAccepted)
        {
            Interlocked.Decrement(ref _accepted);
            return busy;
        }

        try
        {
            await _cores.WaitAsync(cancellationToken);
            try
            {
                return await Task.Run(hash, CancellationToken.None);
            }
            finally
            {
                _cores.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _accepted);
        }
    }

    private static PasswordHash Parse(string storedHash) =>
        PasswordHash.Parse(storedHash)
        ?? throw new InvalidDataException(
            "A password's hash in the registry does not have the format pbkdf2-sha512$ROUNDS$SALT$HASH. Set a new "
                + "password for the account."
        );
}
