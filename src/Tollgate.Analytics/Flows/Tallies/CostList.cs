using System.Runtime.CompilerServices;

namespace Tollgate.Analytics.Flows.Tallies;

/// <summary>
/// The costs of a group's flows, in pico-USD. It grows in chunks, so that nothing is copied and little is unused.
/// </summary>
internal sealed class CostList
{
    private const int FirstPiece = 16,
        LargestPiece = 1 << 16;

    private readonly List<long[]> _full = [];
    private long[] _piece = new long[FirstPiece];
    private int _used;

    public long Count { get; private set; }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(long cost)
    {
        if (_used == _piece.Length)
            Grow();
        _piece[_used++] = cost;
        Count++;
    }

    public void AddTo(CostPieces pieces)
    {
        foreach (var piece in _full)
            pieces.Add(piece, piece.Length);
        pieces.Add(_piece, _used);
    }

    private void Grow()
    {
        _full.Add(_piece);
        _piece = GC.AllocateUninitializedArray<long>(Math.Min(LargestPiece, _piece.Length * 4));
        _used = 0;
    }
}
