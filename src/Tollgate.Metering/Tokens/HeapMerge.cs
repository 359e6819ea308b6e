using System.Buffers;

namespace Tollgate.Metering.Tokens;

/// <summary>
/// Merges a long piece in O(n log n): the parts form a linked list, the pairs a heap. Uses 20 bytes of pooled memory
/// per byte of the piece.
/// </summary>
internal static class HeapMerge
{
    /// <summary>Adds the tokens of a piece to <paramref name="tokens"/>, if given, and counts them.</summary>
    public static int Encode(RankTable ranks, ReadOnlySpan<byte> text, int start, int length, List<int>? tokens)
    {
        var ints = ArrayPool<int>.Shared.Rent(3 * length + 1);
        // Each merge removes one pair and adds at most two, and there are fewer merges than bytes.
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
            parts.EnqueuePair(part, ref heap);
        var count = parts.Length;
        while (heap.TryTake(out var rank, out var left))
        {
            // A pair whose parts have since been merged with others is still in the heap, but no longer in the list.
            if (parts.GetPairRank(left) != rank)
                continue;
            parts.Merge(left, ref heap);
            count--;
        }

        if (tokens is not null)
            parts.AddTo(tokens);
        return count;
    }

    /// <summary>The parts of a piece. A part is identified by the position of its first byte.</summary>
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

        /// <summary>The rank of a part combined with the next one.</summary>
        public int GetPairRank(int part) => _rank[part];

        /// <summary>
        /// Looks up a part combined with the next one, and adds the pair to the heap if it is a token.
        /// </summary>
        public void EnqueuePair(int part, ref PairHeap heap)
        {
            var behind = _next[part];
            _rank[part] = behind == Length ? RankTable.None : _ranks.Find(_piece, part, _next[behind] - part);
            if (_rank[part] != RankTable.None)
                heap.Add(_rank[part], part);
        }

        /// <summary>Merges a part with the next one.</summary>
        public void Merge(int left, ref PairHeap heap)
        {
            var right = _next[left];
            _rank[right] = RankTable.None;
            _next[left] = _next[right];
            _previous[_next[left]] = left;
            EnqueuePair(left, ref heap);
            if (_previous[left] >= 0)
                EnqueuePair(_previous[left], ref heap);
        }

        public void AddTo(List<int> tokens)
        {
            for (var part = 0; part < Length; part = _next[part])
                tokens.Add(_ranks.Find(_piece, part, _next[part] - part));
        }
    }
}
