namespace Tollgate.Metering.Tokens;

/// <summary>
/// Pairs of parts in order: lowest rank first, leftmost first among equal ranks. A binary heap in borrowed memory.
/// </summary>
internal ref struct PairHeap(Span<ulong> memory)
{
    private readonly Span<ulong> _pairs = memory;
    private int _count;

    /// <summary>Adds a pair.</summary>
    public void Add(int rank, int left)
    {
        var pair = (ulong)rank << 32 | (uint)left;
        var at = _count++;
        while (at > 0 && _pairs[(at - 1) / 2] > pair)
        {
            _pairs[at] = _pairs[(at - 1) / 2];
            at = (at - 1) / 2;
        }

        _pairs[at] = pair;
    }

    /// <summary>Removes the first pair.</summary>
    public bool TryTake(out int rank, out int left)
    {
        (rank, left) = _count == 0 ? default : ((int)(_pairs[0] >> 32), (int)(uint)_pairs[0]);
        if (_count == 0)
            return false;
        SinkFromTop(_pairs[--_count]);
        return true;
    }

    private readonly void SinkFromTop(ulong pair)
    {
        var at = 0;
        for (var child = 1; child < _count; child = 2 * at + 1)
        {
            if (child + 1 < _count && _pairs[child + 1] < _pairs[child])
                child++;
            if (_pairs[child] >= pair)
                break;
            _pairs[at] = _pairs[child];
            at = child;
        }

        _pairs[at] = pair;
    }
}
