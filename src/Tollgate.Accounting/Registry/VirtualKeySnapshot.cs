using System.Collections.Frozen;

namespace Tollgate.Accounting.Registry;

/// <summary>All keys at one point in time; immutable. Lookups do not allocate.</summary>
public sealed class VirtualKeySnapshot
{
    private readonly FrozenDictionary<KeyHash, KnownSecret> _secrets;
    private readonly FrozenDictionary<string, VirtualKey> _byId;

    /// <param name="keys">The keys with their ids.</param>
    /// <param name="anyBefore">True if keys are known to have existed, even if there are none now.</param>
    internal VirtualKeySnapshot(IEnumerable<(string Id, StoredKey Key)> keys, bool anyBefore)
    {
        AnyKeyEverExisted = anyBefore;
        (_byId, _secrets) = (FrozenDictionary<string, VirtualKey>.Empty, FrozenDictionary<KeyHash, KnownSecret>.Empty);
        (string Id, StoredKey Key)[] all = [.. keys];
        if (all.Length == 0)
            return;
        _byId = all.ToFrozenDictionary(static key => key.Id, static key => key.Key.ToKey(key.Id));
        _secrets = all.SelectMany(static key => GetSecrets(key.Id, key.Key)).ToFrozenDictionary();
        AnyKeyEverExisted = true;
    }

    /// <summary>
    /// True if any key was ever created, revoked or not. Until then a gateway on loopback is open; revoking the last
    /// key does not open it again.
    /// </summary>
    public bool AnyKeyEverExisted { get; }

    /// <summary>Returns the key with a public id; null if there is none.</summary>
    public VirtualKey? FindById(string id) => _byId.GetValueOrDefault(id);

    /// <summary>
    /// Returns the status of a presented key at a given time; <paramref name="key"/> is null only if the key is
    /// unknown.
    /// </summary>
    public VirtualKeyStatus Find(ReadOnlySpan<char> presented, DateTimeOffset now, out VirtualKey? key)
    {
        var secret = Find(presented);
        key = secret?.Key;
        return secret?.StatusAt(now) ?? VirtualKeyStatus.Unknown;
    }

    /// <summary>Returns the secret that matches a presented key; null if there is none.</summary>
    public KnownSecret? Find(ReadOnlySpan<char> presented) =>
        KeyHash.TryCompute(presented, out var hash) ? Find(hash) : null;

    /// <inheritdoc cref="Find(ReadOnlySpan{char}, DateTimeOffset, out VirtualKey?)"/>
    public VirtualKeyStatus Find(ReadOnlySpan<byte> presented, DateTimeOffset now, out VirtualKey? key)
    {
        KnownSecret? secret = KeyHash.TryCompute(presented, out var hash) ? Find(hash) : null;
        key = secret?.Key;
        return secret?.StatusAt(now) ?? VirtualKeyStatus.Unknown;
    }

    private KnownSecret? Find(in KeyHash hash) => _secrets.TryGetValue(hash, out var secret) ? secret : null;

    private static IEnumerable<KeyValuePair<KeyHash, KnownSecret>> GetSecrets(string id, StoredKey stored)
    {
        var key = stored.ToKey(id);
        yield return new(KeyHash.Parse(stored.Hash), new KnownSecret(key, null));
        foreach (var previous in stored.Previous ?? [])
            yield return new(KeyHash.Parse(previous.Hash), new KnownSecret(key, previous.Until));
    }
}

/// <summary>An issued secret.</summary>
/// <param name="Key">The key to which it belongs.</param>
/// <param name="Until">For a replaced secret: the time from which it no longer works.</param>
public readonly record struct KnownSecret(VirtualKey Key, DateTimeOffset? Until)
{
    /// <summary>Returns its status at a given time.</summary>
    public VirtualKeyStatus StatusAt(DateTimeOffset now) => Until <= now ? VirtualKeyStatus.Revoked : Key.StatusAt(now);
}
