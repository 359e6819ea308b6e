using System.Runtime.CompilerServices;

namespace Tollgate.Analytics.Flows.Reading;

/// <summary>A record without quotes: a slice of the text, with the positions of its separators.</summary>
internal readonly ref struct PlainRow : IFlowRow
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly ReadOnlySpan<uint> _separators;
    private readonly int _start;
    private readonly int _end;

    /// <param name="bytes">The whole block.</param>
    /// <param name="separators">The record's separators; the last is its line end.</param>
    /// <param name="start">The start of the record.</param>
    public PlainRow(ReadOnlySpan<byte> bytes, ReadOnlySpan<uint> separators, int start)
    {
        _bytes = bytes;
        _separators = separators;
        _start = start;
        _end = (int)separators[^1];
        if (_end > start && bytes[_end - 1] == '\r')
            _end--;
    }

    public int Fields => _separators.Length;

    public ReadOnlySpan<byte> Text => _bytes[_start.._end];

    public ReadOnlySpan<byte> this[int column]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            var from = column == 0 ? _start : (int)_separators[column - 1] + 1;
            var to = column == _separators.Length - 1 ? _end : (int)_separators[column];
            return _bytes[from..to];
        }
    }
}
