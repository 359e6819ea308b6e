using System.Numerics;
using Tollgate.Metering.Usage;

namespace Tollgate.Metering.Pricing;

/// <summary>
/// A set of <see cref="UsageKind"/>s, stored in one word so that the hot path can create one without allocating.
/// </summary>
public readonly record struct UsageKindSet
{
    private readonly uint _bits;

    private UsageKindSet(uint bits) => _bits = bits;

    /// <summary>True if no kind is in the set.</summary>
    public bool IsEmpty => _bits == 0;

    /// <summary>The number of kinds in the set.</summary>
    public int Count => BitOperations.PopCount(_bits);

    /// <summary>The kinds that a usage contains.</summary>
    public static UsageKindSet FromUsage(in TokenUsage usage)
    {
        UsageKindSet set = default;
        for (var kind = (UsageKind)0; (int)kind < TokenUsage.KindCount; kind++)
            if (usage[kind] > 0)
                set = set.With(kind);
        return set;
    }

    /// <summary>True if the kind is in the set.</summary>
    public bool Contains(UsageKind kind) => (_bits & Bit(kind)) != 0;

    /// <summary>Returns this set with the kind added.</summary>
    public UsageKindSet With(UsageKind kind) => new(_bits | Bit(kind));

    /// <summary>Enumerates the kinds in order of declaration, without allocating.</summary>
    public Enumerator GetEnumerator() => new(_bits);

    /// <summary>The names, such as <c>CacheRead, OutputAudio</c>.</summary>
    public override string ToString()
    {
        var names = new List<string>(Count);
        foreach (var kind in this)
            names.Add(kind.ToString());
        return string.Join(", ", names);
    }

    private static uint Bit(UsageKind kind) => 1u << (int)kind;

    /// <summary>Enumerates a <see cref="UsageKindSet"/>.</summary>
    public struct Enumerator
    {
        private uint _rest;

        internal Enumerator(uint bits) => _rest = bits;

        /// <summary>The current kind.</summary>
        public UsageKind Current { get; private set; }

        /// <summary>Advances to the next kind.</summary>
        public bool MoveNext()
        {
            if (_rest == 0)
                return false;
            Current = (UsageKind)BitOperations.TrailingZeroCount(_rest);
            _rest &= _rest - 1;
            return true;
        }
    }
}
