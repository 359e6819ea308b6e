using System.Collections.Frozen;

namespace Tollgate.Accounting.Directory;

/// <summary>All keys at one moment; immutable. Looking one up allocates nothing.</summary>
public sealed class VirtualKeySnapshot
{
    private readonly FrozenDictionary<KeyHash, Secret> _secrets;

    /// <param name="keys">The keys with their ids.</param>
    /// <param name="anyBefore">Whether keys are known to have existed, although there may be none now.</param>
    internal VirtualKeySnapshot(IEnumerable<(string Id, StoredKey Key)> keys, bool anyBefore)
    {
        _secrets = keys.SelectMany(static key => SecretsOf(key.Id, key.Key)).ToFrozenDictionary();
        AnyKeyEverExisted = anyBefore || _secrets.Count > 0;
    }

    /// <summary>
    /// Whether any key was ever made, revoked or not. Until then a gateway on loopback is open; revoking the last key
    /// closes it.
    /// </summary>
    public bool AnyKeyEverExisted { get; }

    /// <summary>What a presented key is worth at a moment; <paramref name="key"/> is null only where it is unknown.</summary>
    public VirtualKeyStanding Find(ReadOnlySpan<char> presented, DateTimeOffset now, out VirtualKey? key)
    {
        key = null;
        return KeyHash.TryCompute(presented, out var hash) ? Find(hash, now, out key) : VirtualKeyStanding.Unknown;
    }

    /// <inheritdoc cref="Find(ReadOnlySpan{char}, DateTimeOffset, out VirtualKey?)"/>
    public VirtualKeyStanding Find(ReadOnlySpan<byte> presented, DateTimeOffset now, out VirtualKey? key)
    {
        key = null;
        return KeyHash.TryCompute(presented, out var hash) ? Find(hash, now, out key) : VirtualKeyStanding.Unknown;
    }

    private VirtualKeyStanding Find(in KeyHash hash, DateTimeOffset now, out VirtualKey? key)
    {
        key = null;
        if (!_secrets.TryGetValue(hash, out var secret)) return VirtualKeyStanding.Unknown;
        key = secret.Key;
        return secret.Until <= now ? VirtualKeyStanding.Revoked : key.StandingAt(now);
    }

    private static IEnumerable<KeyValuePair<KeyHash, Secret>> SecretsOf(string id, StoredKey stored)
    {
        var key = stored.ToKey(id);
        yield return new(KeyHash.Parse(stored.Hash), new Secret(key, null));
        foreach (var former in stored.Former ?? []) yield return new(KeyHash.Parse(former.Hash), new Secret(key, former.Until));
    }

    /// <param name="Key">Whose it is.</param>
    /// <param name="Until">For a secret that was replaced: the first moment at which it no longer works.</param>
    private readonly record struct Secret(VirtualKey Key, DateTimeOffset? Until);
}
