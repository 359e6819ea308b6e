using System.Collections.Frozen;

namespace Tollgate.Accounting.Directory;

/// <summary>All keys at one moment; immutable. Looking one up allocates nothing.</summary>
public sealed class VirtualKeySnapshot
{
    private readonly FrozenDictionary<KeyHash, VirtualKey> _keys;

    internal VirtualKeySnapshot(long version, IEnumerable<KeyValuePair<KeyHash, VirtualKey>> keys) =>
        (Version, _keys) = (version, keys.ToFrozenDictionary());

    /// <summary>The number of changes that led here.</summary>
    public long Version { get; }

    /// <summary>
    /// Whether any key was ever made, revoked or not. Until then a gateway on loopback is open; revoking the last key
    /// closes it.
    /// </summary>
    public bool AnyKeyEverExisted => _keys.Count > 0;

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

    private VirtualKeyStanding Find(in KeyHash hash, DateTimeOffset now, out VirtualKey? key) =>
        _keys.TryGetValue(hash, out key) ? key.StandingAt(now) : VirtualKeyStanding.Unknown;
}
