using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tollgate.Metering.Tokens;

/// <summary>
/// The tokens of an encoding and their ranks, in an open-addressing table. A slot holds a token of up to eight bytes
/// directly, so that most lookups touch one cache line; for a longer one it holds the hash and the position of its
/// bytes.
/// </summary>
internal sealed class RankTable
{
    /// <summary>Stands for bytes that are not a token.</summary>
    public const int None = -1;

    private const int ShortLength = sizeof(ulong);

    private readonly Slot[] _slots;
    private readonly int[] _pairs = new int[1 << 16];
    private readonly byte[] _tokens;
    private readonly int _shift;
    private readonly int _maxLength;

    /// <summary>
    /// Reads a table as written by <c>eng/RankTables/ConvertRankTable.cs</c>: count, lengths, bytes; the rank is the
    /// index.
    /// </summary>
    // Optimized immediately, together with its callees: it runs once, long before the runtime would consider it hot.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public RankTable(byte[] table)
    {
        var count = BinaryPrimitives.ReadInt32LittleEndian(table);
        var lengths = table.AsSpan(sizeof(int), count);
        _tokens = table;
        _pairs.AsSpan().Fill(None);
        // Between a quarter and a half full: misses, which are the most common lookup when merging, end early.
        var size = BitOperations.RoundUpToPowerOf2((uint)count * 2);
        _slots = new Slot[size];
        _shift = 64 - BitOperations.Log2(size);
        var offset = sizeof(int) + count;
        for (var rank = 0; rank < count; rank++)
        {
            Add(offset, lengths[rank], rank);
            if (lengths[rank] == 2)
                _pairs[table[offset] << 8 | table[offset + 1]] = rank;
            offset += lengths[rank];
            _maxLength = Math.Max(_maxLength, lengths[rank]);
        }
    }

    /// <summary>
    /// The rank of the token at a position in a text; <see cref="None"/> if these bytes are not a token.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(ReadOnlySpan<byte> text, int start, int length)
    {
        if (length > ShortLength)
            return length > _maxLength ? None : FindLong(text.Slice(start, length));
        var key = Key(text, start, length);
        for (var at = ShortHome(key); ; at++)
        {
            ref var slot = ref _slots[at & (_slots.Length - 1)];
            if (slot.Key == key && slot.Length == length)
                return slot.Rank;
            if (slot.Length == 0)
                return None;
        }
    }

    /// <summary>The rank of two bytes: the first step of merging, and therefore without a search.</summary>
    public int FindPair(ReadOnlySpan<byte> text, int start) => _pairs[text[start] << 8 | text[start + 1]];

    private int FindLong(ReadOnlySpan<byte> token)
    {
        var key = Hash(token);
        for (var at = Home(key); ; at++)
        {
            ref var slot = ref _slots[at & (_slots.Length - 1)];
            if (slot.Length == 0)
                return None;
            if (
                slot.Key == key
                && slot.Length == token.Length
                && token.SequenceEqual(_tokens.AsSpan(slot.Offset, token.Length))
            )
                return slot.Rank;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(int offset, int length, int rank)
    {
        var key = length > ShortLength ? Hash(_tokens.AsSpan(offset, length)) : Key(_tokens, offset, length);
        var at = length > ShortLength ? Home(key) : ShortHome(key);
        while (_slots[at].Length != 0)
            at = (at + 1) & (_slots.Length - 1);
        _slots[at] = new Slot(key, rank, offset, length);
    }

    /// <summary>
    /// Up to eight bytes as a number, padded with zeros; the length distinguishes tokens that end in zeros.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Key(ReadOnlySpan<byte> text, int start, int length)
    {
        if (start + ShortLength > text.Length)
            return KeyAtEnd(text.Slice(start, length));
        return BinaryPrimitives.ReadUInt64LittleEndian(text[start..]) & (ulong.MaxValue >> (64 - length * 8));
    }

    private static ulong KeyAtEnd(ReadOnlySpan<byte> token)
    {
        var key = 0ul;
        for (var i = token.Length - 1; i >= 0; i--)
            key = key << 8 | token[i];
        return key;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Hash(ReadOnlySpan<byte> token)
    {
        var hash = (ulong)token.Length;
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(token))
            hash = Mix(hash ^ word);
        return Mix(hash ^ MemoryMarshal.Read<ulong>(token[^ShortLength..]));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mix(ulong value)
    {
        value *= 0x9E3779B97F4A7C15; // 2^64 divided by the golden ratio: spreads neighbors.
        return value ^ value >> 32;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Home(ulong key) => (int)(key * 0x9E3779B97F4A7C15 >> _shift);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int ShortHome(ulong key) => (int)((key ^ key >> 32) * 0x9E3779B97F4A7C15 >> _shift);

    private readonly struct Slot(ulong key, int rank, int offset, int length)
    {
        private readonly uint _place = (uint)offset << 8 | (uint)length;

        public readonly ulong Key = key;
        public readonly int Rank = rank;

        /// <summary>0 if the slot is empty: no token has that length.</summary>
        public int Length => (int)(_place & 0xFF);

        public int Offset => (int)(_place >> 8);
    }
}
