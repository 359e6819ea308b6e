using System.Collections.Frozen;
using System.Text;
using Tollgate.Accounting.Registry;
using Tollgate.Accounting.Stores;
using Tollgate.Identity.Secrets;

namespace Tollgate.Identity.Providers;

/// <summary>
/// Opens the keys of providers in a registry that is watched. A key is decrypted once: as long as its ciphertext stays
/// the same it is not decrypted again, also when another master key wraps it, so that rotating the master key does not
/// disturb a running gateway.
/// </summary>
/// <param name="openBox">Reads the master key; called only if there is a key to open.</param>
public sealed class ProviderKeyRing(Func<SecretBox> openBox)
{
    private FrozenDictionary<string, OpenedKey> _opened = FrozenDictionary<string, OpenedKey>.Empty;

    /// <summary>Returns the keys of a snapshot. Not safe for use by several threads at once.</summary>
    public IReadOnlyDictionary<string, OpenedProviderKey> Open(RegistrySnapshot snapshot)
    {
        var opened = new Dictionary<string, OpenedKey>(StringComparer.Ordinal);
        SecretBox? box = null;
        foreach (var entry in snapshot.GetEntries(ProviderKeyRegistry.Kind))
            opened[entry.Name] = Open(entry, ref box);
        _opened = opened.ToFrozenDictionary(StringComparer.Ordinal);
        return _opened.ToFrozenDictionary(
            static pair => pair.Key,
            static pair => pair.Value.Key,
            StringComparer.Ordinal
        );
    }

    private OpenedKey Open(RegistryEntry entry, ref SecretBox? box)
    {
        StoredProviderKey? stored = null;
        try
        {
            stored = RegistryTable<StoredProviderKey>.Deserialize(entry, ProviderKeyJson.Default.StoredProviderKey);
            if (
                _opened.TryGetValue(entry.Name, out var former)
                && former.Key.Secret is not null
                && former.Ciphertext == stored.Secret.Data
            )
                return former with { Key = former.Key with { Stored = stored.ToKey(entry.Name) } };
            box ??= openBox();
            var secret = Encoding.UTF8.GetString(box.Open(ProviderKeyRegistry.Kind, entry.Name, stored.Secret));
            return new OpenedKey(stored.Secret.Data, new OpenedProviderKey(stored.ToKey(entry.Name), secret, null));
        }
        catch (Exception exception)
            when (exception is InvalidDataException or FormatException or IOException or UnauthorizedAccessException)
        {
            return new OpenedKey(
                stored?.Secret.Data,
                new OpenedProviderKey(stored?.ToKey(entry.Name), null, exception.Message)
            );
        }
    }

    private sealed record OpenedKey(string? Ciphertext, OpenedProviderKey Key);
}
