using System.Text.Json;
using System.Text.Json.Nodes;
using Tollgate.Accounting;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Stores.Opening;
using Tollgate.Identity.Providers;
using Tollgate.Identity.Secrets;
using Tollgate.Identity.Tokens;

namespace Tollgate.Identity.Rotation;

/// <summary>
/// Encrypts all secrets of a registry with a new master key: each has a data key of its own, and only those are
/// encrypted again. Gateways that run keep what they have opened.
/// </summary>
/// <param name="ledger">The ledger whose database has the registry.</param>
public sealed class MasterKeyRotation(LedgerOptions ledger)
{
    /// <summary>The kinds of entries with a secret, and the property that holds it.</summary>
    private static readonly IReadOnlyDictionary<string, string> Properties = new Dictionary<string, string>
    {
        [SigningKeys.Kind] = "private_key",
        [ProviderKeyRegistry.Kind] = "secret",
    };

    /// <summary>Returns all secrets, by kind and name.</summary>
    /// <param name="box">The master keys of this process.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="LedgerUnavailableException">The registry is unavailable.</exception>
    /// <exception cref="InvalidDataException">An entry does not have the format of its kind.</exception>
    public async Task<IReadOnlyList<StoredSecret>> ListAsync(
        SecretBox box,
        CancellationToken cancellationToken = default
    ) => [.. (await ReadAsync(cancellationToken)).Select(entry => Check(entry, box))];

    /// <summary>
    /// Encrypts every secret with the current key of a box, all or none, and returns how many were not yet.
    /// </summary>
    /// <param name="box">The new master key, with the former one.</param>
    /// <param name="cancellationToken">Cancels the operation; nothing is changed then.</param>
    /// <exception cref="LedgerUnavailableException">The registry is unavailable.</exception>
    /// <exception cref="InvalidDataException">A secret can be opened with neither key; nothing was changed.</exception>
    public async Task<int> RunAsync(SecretBox box, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var changes = (await ReadAsync(cancellationToken))
                .Select(entry => Rewrap(entry, box))
                .OfType<RegistryChange>()
                .ToList();
            if (changes.Count == 0)
                return 0;
            if ((await ledger.OpenRegistry().ApplyAsync(changes, cancellationToken)).IsApplied)
                return changes.Count;
        }
    }

    private async Task<IEnumerable<RegistryEntry>> ReadAsync(CancellationToken cancellationToken)
    {
        var store = ledger.OpenRegistry();
        await store.MigrateAsync(cancellationToken);
        return (await store.ReadAsync([.. Properties.Keys], cancellationToken))
            .Entries.OrderBy(static entry => entry.Kind, StringComparer.Ordinal)
            .ThenBy(static entry => entry.Name, StringComparer.Ordinal);
    }

    private static StoredSecret Check(RegistryEntry entry, SecretBox box)
    {
        var secret = ReadSecret(entry, Parse(entry));
        try
        {
            box.Open(entry.Kind, entry.Name, secret);
            return new StoredSecret(entry.Kind, entry.Name, secret.KeyId, null);
        }
        catch (InvalidDataException exception)
        {
            return new StoredSecret(entry.Kind, entry.Name, secret.KeyId, exception.Message);
        }
    }

    /// <summary>Changes nothing but the secret: a newer version may have written more.</summary>
    private static RegistryChange? Rewrap(RegistryEntry entry, SecretBox box)
    {
        var value = Parse(entry);
        var secret = ReadSecret(entry, value);
        var wrapped = box.Rewrap(entry.Kind, entry.Name, secret);
        if (wrapped == secret)
            return null;
        value[Properties[entry.Kind]] = JsonSerializer.SerializeToNode(wrapped, TokenJson.Default.SealedSecret);
        return RegistryChange.Put(entry.Kind, entry.Name, value.ToJsonString(), entry.Revision);
    }

    private static JsonObject Parse(RegistryEntry entry)
    {
        try
        {
            return JsonNode.Parse(entry.Value) as JsonObject ?? throw CreateUnreadableException(entry);
        }
        catch (JsonException)
        {
            throw CreateUnreadableException(entry);
        }
    }

    private static SealedSecret ReadSecret(RegistryEntry entry, JsonObject value)
    {
        try
        {
            return value[Properties[entry.Kind]].Deserialize(TokenJson.Default.SealedSecret)
                ?? throw CreateUnreadableException(entry);
        }
        catch (JsonException)
        {
            throw CreateUnreadableException(entry);
        }
    }

    private static InvalidDataException CreateUnreadableException(RegistryEntry entry) =>
        new($"The {entry.Kind} '{entry.Name}' in the registry does not have the format of its kind.");
}
