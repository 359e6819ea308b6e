using System.Buffers;

namespace Tollgate.Metering.Tokens;

/// <summary>
/// Merges a long piece in O(n log n): the parts are a linked list, the pairs wait in a heap. Takes 20 bytes of pooled
/// memory for each byte of the piece.
/// </summary>
internal static class OrderedMerge
{
    /// <summary>Adds the tokens of a piece to <paramref name="tokens"/>, if given, and counts them.</summary>
    public static int Encode(RankTable ranks, ReadOnlySpan<byte> text, int start, int length, List<int>? tokens)
    {
        var ints = ArrayPool<int>.Shared.Rent(3 * length + 1);
        // Each merge takes one pair out and puts at most two in, and there are fewer merges than bytes.
        var waiting = ArrayPool<ulong>.Shared.Rent(2 * length);
        try
        {
            var parts = new Parts(ranks, text.Slice(start, length), ints);
            return Merge(ref parts, new PairHeap(waiting), tokens);
        }
        finally
        {
            ArrayPool<int>.Shared.Return(ints);
            ArrayPool<ulong>.Shared.Return(waiting);
        }
    }

    private static int Merge(ref Parts parts, PairHeap heap, List<int>? tokens)
    {
        for (var part = 0; part < parts.Length; part++)
            parts.Offer(part, ref heap);
        var count = parts.Length;
        while (heap.TryTake(out var rank, out var left))
        {
            // A pair whose parts have been merged with others since is still in the heap, but no longer in the list.
            if (parts.RankOf(left) != rank)
                continue;
            parts.Merge(left, ref heap);
            count--;
        }

        if (tokens is not null)
            parts.AddTo(tokens);
        return count;
    }

    /// <summary>The parts of a piece. A part is known by the place of its first byte.</summary>
    private readonly ref struct Parts
    {
        private readonly RankTable _ranks;
        private readonly ReadOnlySpan<byte> _piece;
        private readonly Span<int> _next;
        private readonly Span<int> _previous;
        private readonly Span<int> _rank;

        public Parts(RankTable ranks, ReadOnlySpan<byte> piece, Span<int> memory)
        {
            _ranks = ranks;
            _piece = piece;
            _next = memory[..piece.Length];
            _rank = memory.Slice(piece.Length, piece.Length);
            _previous = memory.Slice(2 * piece.Length, piece.Length + 1);
            for (var i = 0; i < piece.Length; i++)
                (_next[i], _previous[i]) = (i + 1, i - 1);
        }

        public int Length => _piece.Length;

        /// <summary>The rank of a part together with the one behind it.</summary>
        public int RankOf(int part) => _rank[part];

        /// <summary>Looks a part and the one behind it up, and puts them into the heap if they are a token.</summary>
        public void Offer(int part, ref PairHeap heap)
        {
            var behind = _next[part];
            _rank[part] = behind == Length ? RankTable.None : _ranks.Find(_piece, part, _next[behind] - part);
            if (_rank[part] != RankTable.None)
                heap.Add(_rank[part], part);
        }

        /// <summary>Makes one part of a part and the one behind it.</summary>
        public void Merge(int left, ref PairHeap heap)
        {
            var right = _next[left];
            _rank[right] = RankTable.None;
            _next[left] = _next[right];
            _previous[_next[left]] = left;
            Offer(left, ref heap);
            if (_previous[left] >= 0)
                Offer(_previous[left], ref heap);
        }

        public void AddTo(List<int> tokens)
        {
            for (var part = 0; part < Length; part = _next[part])
                tokens.Add(_ranks.Find(_piece, part, _next[part] - part));
        }
    }
}
