namespace Tollgate.Analytics.Flows.Tallies;

/// <summary>The costs of a group from all threads, as chunks of memory.</summary>
internal sealed class CostPieces
{
    private readonly List<long[]> _pieces = [];
    private readonly List<int> _lengths = [];

    public int Count => _pieces.Count;

    public ReadOnlySpan<long> this[int index] => _pieces[index].AsSpan(0, _lengths[index]);

    public void Add(long[] piece, int length)
    {
        _pieces.Add(piece);
        _lengths.Add(length);
    }
}
