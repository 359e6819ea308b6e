using System.Buffers;

namespace Tollgate.Gateway.Forwarding;

/// <summary>
/// Bytes that were read but not yet passed on, in one rented array that grows with the largest frame.
/// </summary>
internal sealed class PooledBuffer(int initialSize) : IDisposable
{
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(initialSize);
    private int _start;
    private int _end;

    /// <summary>The number of bytes held.</summary>
    public int Length => _end - _start;

    /// <summary>The bytes held.</summary>
    public ReadOnlyMemory<byte> Memory => _bytes.AsMemory(_start, Length);

    /// <summary>The bytes held.</summary>
    public ReadOnlySpan<byte> Span => _bytes.AsSpan(_start, Length);

    /// <summary>Returns free space for more bytes, at least half of the initial size.</summary>
    public Memory<byte> GetFreeMemory()
    {
        if (_start == _end)
            _start = _end = 0;
        if (_bytes.Length - _end < initialSize / 2)
            EnsureFreeSpace();
        return _bytes.AsMemory(_end);
    }

    /// <summary>Marks bytes as written to <see cref="GetFreeMemory"/>.</summary>
    public void Advance(int count) => _end += count;

    /// <summary>Appends a copy of the bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var room = GetFreeMemory().Span;
            var taken = Math.Min(room.Length, bytes.Length);
            bytes[..taken].CopyTo(room);
            Advance(taken);
            bytes = bytes[taken..];
        }
    }

    /// <summary>Replaces some of the bytes with others.</summary>
    public void Replace(int offset, int removed, ReadOnlySpan<byte> bytes)
    {
        var tail = Length - offset - removed;
        // Only to reserve the space: the tail is moved over it.
        Append(bytes);
        var held = _bytes.AsSpan(_start, Length);
        held.Slice(offset + removed, tail).CopyTo(held[(offset + bytes.Length)..]);
        bytes.CopyTo(held[offset..]);
        _end -= removed;
    }

    /// <summary>Removes bytes from the front.</summary>
    public void Consume(int count) => _start += count;

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        _start = _end = 0;
    }

    private void EnsureFreeSpace()
    {
        var source = _bytes;
        if (Length > _bytes.Length / 2)
            _bytes = ArrayPool<byte>.Shared.Rent(_bytes.Length * 2);
        source.AsSpan(_start, Length).CopyTo(_bytes);
        _end -= _start;
        _start = 0;
        if (!ReferenceEquals(source, _bytes))
            ArrayPool<byte>.Shared.Return(source);
    }
}
