using System.Collections.Frozen;

namespace Tollgate.Accounting.Registry;

/// <summary>All keys at one moment; immutable. Looking one up allocates nothing.</summary>
public sealed class VirtualKeySnapshot
{
    private readonly FrozenDictionary<KeyHash, KnownSecret> _secrets;
    private readonly FrozenDictionary<string, VirtualKey> _byId;

    /// <param name="keys">The keys with their ids.</param>
    /// <param name="anyBefore">Whether keys are known to have existed, although there may be none now.</param>
    internal VirtualKeySnapshot(IEnumerable<(string Id, StoredKey Key)> keys, bool anyBefore)
    {
        AnyKeyEverExisted = anyBefore;
        (_byId, _secrets) = (FrozenDictionary<string, VirtualKey>.Empty, FrozenDictionary<KeyHash, KnownSecret>.Empty);
        (string Id, StoredKey Key)[] all = [.. keys];
        if (all.Length == 0)
            return;
        _byId = all.ToFrozenDictionary(static key => key.Id, static key => key.Key.ToKey(key.Id));
        _secrets = all.SelectMany(static key => SecretsOf(key.Id, key.Key)).ToFrozenDictionary();
        AnyKeyEverExisted = true;
    }

    /// <summary>
    /// Whether any key was ever made, revoked or not. Until then a gateway on loopback is open; revoking the last key
    /// closes it.
    /// </summary>
    public bool AnyKeyEverExisted { get; }

    /// <summary>The key of a public id; null where there is none.</summary>
    public VirtualKey? OfId(string id) => _byId.GetValueOrDefault(id);

    /// <summary>
    /// What a presented key is worth at a moment; <paramref name="key"/> is null only where it is unknown.
    /// </summary>
    public VirtualKeyStanding Find(ReadOnlySpan<char> presented, DateTimeOffset now, out VirtualKey? key)
    {
        var secret = Find(presented);
        key = secret?.Key;
        return secret?.StandingAt(now) ?? VirtualKeyStanding.Unknown;
    }

    /// <summary>What is known of a presented key; null where nothing is.</summary>
    public KnownSecret? Find(ReadOnlySpan<char> presented) =>
        KeyHash.TryCompute(presented, out var hash) ? Find(hash) : null;

    /// <inheritdoc cref="Find(ReadOnlySpan{char}, DateTimeOffset, out VirtualKey?)"/>
    public VirtualKeyStanding Find(ReadOnlySpan<byte> presented, DateTimeOffset now, out VirtualKey? key)
    {
        KnownSecret? secret = KeyHash.TryCompute(presented, out var hash) ? Find(hash) : null;
        key = secret?.Key;
        return secret?.StandingAt(now) ?? VirtualKeyStanding.Unknown;
    }

    private KnownSecret? Find(in KeyHash hash) => _secrets.TryGetValue(hash, out var secret) ? secret : null;

    private static IEnumerable<KeyValuePair<KeyHash, KnownSecret>> SecretsOf(string id, StoredKey stored)
    {
        var key = stored.ToKey(id);
        yield return new(KeyHash.Parse(stored.Hash), new KnownSecret(key, null));
        foreach (var former in stored.Former ?? [])
            yield return new(KeyHash.Parse(former.Hash), new KnownSecret(key, former.Until));
    }
}

/// <summary>A secret that was given out.</summary>
/// <param name="Key">Whose it is.</param>
/// <param name="Until">For a secret that was replaced: the first moment at which it no longer works.</param>
public readonly record struct KnownSecret(VirtualKey Key, DateTimeOffset? Until)
{
    /// <summary>What it is worth at a moment.</summary>
    public VirtualKeyStanding StandingAt(DateTimeOffset now) =>
        Until <= now ? VirtualKeyStanding.Revoked : Key.StandingAt(now);
}
