using System.Buffers;

namespace Tollgate.Gateway.Requests;

/// <summary>
/// The bytes of one request as they arrived, in pooled segments under the <see cref="RequestMemoryBudget"/> budget.
/// They are retained until the response has started, because a retry sends them again.
/// </summary>
internal sealed class BufferedRequest : IDisposable
{
    /// <summary>
    /// Small enough to stay off the large object heap, large enough that a long prompt needs few segments.
    /// </summary>
    public const int SegmentSize = 64 * 1024;

    private readonly RequestMemoryBudget _memory;
    private int _holders = 1;
    private Segment? _first;
    private Segment? _last;
    private long _reserved;

    public BufferedRequest(RequestMemoryBudget memory) => _memory = memory;

    /// <summary>The number of bytes.</summary>
    public long Length { get; private set; }

    /// <summary>All bytes in order.</summary>
    public ReadOnlySequence<byte> Bytes =>
        _first is null ? default : new ReadOnlySequence<byte>(_first, 0, _last!, _last!.Length);

    /// <summary>Reserves as many bytes of the budget as the body is going to need.</summary>
    public bool TryReserve(long length)
    {
        var more = RoundUp(length) - _reserved;
        if (more <= 0)
            return true;
        if (!_memory.TryReserve(more))
            return false;
        _reserved += more;
        return true;
    }

    /// <summary>Appends bytes; false if the budget is exhausted.</summary>
    public bool TryAppend(in ReadOnlySequence<byte> bytes, long expectedLength)
    {
        if (!TryReserve(Length + bytes.Length))
            return false;
        foreach (var memory in bytes)
            Append(memory.Span, expectedLength);
        return true;
    }

    /// <summary>
    /// Retains the bytes until the matching <see cref="Release"/>. A provider may respond before it has read all of the
    /// request; the call then ends while the client is still sending, and pooled memory must not go to the next call.
    /// </summary>
    public void Hold() => Interlocked.Increment(ref _holders);

    /// <summary>Returns the memory once it has no more holders.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _holders) > 0)
            return;
        for (var segment = _first; segment is not null; segment = segment.NextSegment)
            segment.Return();
        _first = _last = null;
        Length = 0;
        _memory.Release(_reserved);
        _reserved = 0;
    }

    /// <summary>The call itself no longer holds the bytes.</summary>
    public void Dispose() => Release();

    private void Append(ReadOnlySpan<byte> bytes, long expectedLength)
    {
        while (!bytes.IsEmpty)
        {
            if (_last is null || _last.IsFull)
                AddSegment(expectedLength);
            var taken = _last!.Append(bytes);
            Length += taken;
            bytes = bytes[taken..];
        }
    }

    private void AddSegment(long expectedLength)
    {
        var rest = expectedLength - Length;
        var segment = new Segment(rest is > 0 and < SegmentSize ? (int)rest : SegmentSize, Length);
        if (_last is null)
            _first = segment;
        else
            _last.Link(segment);
        _last = segment;
    }

    private static long RoundUp(long length) =>
        length <= SegmentSize ? length : (length + SegmentSize - 1) / SegmentSize * SegmentSize;

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        private readonly byte[] _bytes;

        public Segment(int size, long runningIndex)
        {
            _bytes = ArrayPool<byte>.Shared.Rent(size);
            RunningIndex = runningIndex;
        }

        public int Length { get; private set; }

        public bool IsFull => Length == _bytes.Length;

        public Segment? NextSegment => (Segment?)Next;

        public int Append(ReadOnlySpan<byte> bytes)
        {
            var taken = Math.Min(bytes.Length, _bytes.Length - Length);
            bytes[..taken].CopyTo(_bytes.AsSpan(Length));
            Length += taken;
            Memory = _bytes.AsMemory(0, Length);
            return taken;
        }

        public void Link(Segment next) => Next = next;

        public void Return() => ArrayPool<byte>.Shared.Return(_bytes);
    }
}
