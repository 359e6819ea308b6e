using System.Text;
using Tollgate.Accounting;
using Tollgate.Accounting.Registry;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Stores.Opening;
using Tollgate.Accounting.Time;
using Tollgate.Identity.Secrets;

namespace Tollgate.Identity.Providers;

/// <summary>
/// The keys of providers in the registry, encrypted with the master key. A stored key is never returned; gateways that
/// watch the registry open it.
/// </summary>
public sealed class ProviderKeyRegistry
{
    /// <summary>The registry's kind of these entries.</summary>
    internal const string Kind = "provider_key";

    /// <summary>Longer than any provider's keys, and shorter than what a web server accepts as a header.</summary>
    private const int MaxLength = 4096;

    private readonly RegistryTable<StoredProviderKey> _table;
    private readonly Func<SecretBox> _secrets;
    private readonly TimeProvider _time;

    private ProviderKeyRegistry(IRegistryStore store, Func<SecretBox> secrets, TimeProvider time)
    {
        _table = new RegistryTable<StoredProviderKey>(store, Kind, ProviderKeyJson.Default.StoredProviderKey);
        (_secrets, _time) = (secrets, time);
    }

    /// <summary>Opens the keys, creating or upgrading the database.</summary>
    /// <param name="ledger">The ledger whose database has the registry.</param>
    /// <param name="identity">The options with the master key, which is read when a key is stored.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="LedgerUnavailableException">The registry is unavailable.</exception>
    public static async Task<ProviderKeyRegistry> OpenAsync(
        LedgerOptions ledger,
        IdentityOptions identity,
        CancellationToken cancellationToken = default
    )
    {
        var store = ledger.OpenRegistry();
        await RegistryMigration.PrepareAsync(store, ledger, cancellationToken);
        return new ProviderKeyRegistry(
            store,
            () => MasterKeyFile.OpenBox(identity, ledger.DataFolder),
            ledger.TimeProvider
        );
    }

    /// <summary>Returns all keys without their secrets, by provider.</summary>
    /// <exception cref="LedgerUnavailableException">The registry is unavailable.</exception>
    public async Task<IReadOnlyList<ProviderKey>> ListAsync(CancellationToken cancellationToken = default) =>
        [
            .. (await _table.ReadAsync(cancellationToken))
                .Select(static row => row.Value.ToKey(row.Name))
                .OrderBy(static key => key.Provider, StringComparer.Ordinal),
        ];

    /// <summary>Returns a provider's key without its secret; null if there is none.</summary>
    /// <exception cref="LedgerUnavailableException">The registry is unavailable.</exception>
    public async Task<ProviderKey?> FindAsync(string provider, CancellationToken cancellationToken = default) =>
        (await _table.FindAsync(provider, cancellationToken))?.Value.ToKey(provider);

    /// <summary>
    /// Stores a key, instead of the provider's former one. Gateways use it within a second.
    /// </summary>
    /// <param name="provider">The provider's id.</param>
    /// <param name="key">The key; white space around it is ignored.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="LedgerUnavailableException">The registry is unavailable.</exception>
    /// <exception cref="FormatException">The master key is not valid.</exception>
    /// <exception cref="IOException">The master key cannot be read.</exception>
    public async Task<ProviderKeyChange> SetAsync(
        string provider,
        string key,
        CancellationToken cancellationToken = default
    )
    {
        var secret = key.Trim();
        if (FindProblem(secret) is { } problem)
            return new ProviderKeyChange(null, null, problem);
        var stored = new StoredProviderKey(
            StoredTime.ToTime(_time.GetUtcNow().ToMicros()),
            KeyHint.Create(secret),
            _secrets().Seal(Kind, provider, Encoding.UTF8.GetBytes(secret))
        );
        while (true)
        {
            var row = await _table.FindAsync(provider, cancellationToken);
            var outcome = await _table.PutAsync(provider, stored, row?.Revision ?? 0, cancellationToken);
            if (outcome.IsApplied)
                return new ProviderKeyChange(row?.Value.ToKey(provider), stored.ToKey(provider), null);
        }
    }

    /// <summary>
    /// Removes a key, and returns it without its secret; null if there is none. Gateways stop using it within a second.
    /// </summary>
    /// <exception cref="LedgerUnavailableException">The registry is unavailable.</exception>
    public async Task<ProviderKey?> RemoveAsync(string provider, CancellationToken cancellationToken = default)
    {
        var row = await _table.FindAsync(provider, cancellationToken);
        return row is not null && await _table.DeleteAsync(provider, cancellationToken)
            ? row.Value.ToKey(provider)
            : null;
    }

    /// <summary>The message does not contain the key.</summary>
    private static string? FindProblem(string key)
    {
        if (key.Length == 0)
            return "The key is empty. Send the key as the provider issued it.";
        if (key.Length > MaxLength)
            return $"The key has {key.Length} characters, but the maximum is {MaxLength}.";
        return key.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? "The key contains a space, a line break, or another character that is not printable ASCII. Send the key "
                + "as the provider issued it."
            : null;
    }
}
