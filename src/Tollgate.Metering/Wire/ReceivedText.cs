using System.Buffers;
using System.Text.Json;
using Tollgate.Metering.Tokens;

namespace Tollgate.Metering.Wire;

/// <summary>
/// The generated text of one answer as far as it has arrived, so that an answer that breaks off can be counted. Keeping
/// it is a copy into pooled memory; nothing is counted until somebody asks, which for a whole answer nobody does.
/// </summary>
/// <remarks>
/// Exact for the first <see cref="Capacity"/> bytes; what comes after them is counted by <see cref="TokenEstimate"/>.
/// The texts of several choices are counted in the order in which their parts came.
/// </remarks>
public sealed class ReceivedText(TokenCounter counter) : IDisposable
{
    /// <summary>Bytes of text that are kept: about 8,000 tokens, more than nearly all answers have.</summary>
    public const int Capacity = 32 * 1024;

    private byte[]? _kept;
    private int _length;
    private long _bytesBeyond;

    /// <summary>Counts the text.</summary>
    public long CountTokens() => counter.Count(_kept.AsSpan(0, _length)) + TokenEstimate.OfBytes(_bytesBeyond);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_kept is not null) ArrayPool<byte>.Shared.Return(_kept);
        (_kept, _length) = (null, 0);
    }

    /// <summary>Adds a JSON string. Of one that was too long to be kept, <paramref name="skipped"/> bytes were passed over.</summary>
    internal void Add(ref Utf8JsonReader reader, long skipped)
    {
        _kept ??= ArrayPool<byte>.Shared.Rent(Capacity);
        // No string becomes longer by being unescaped. Behind the first that has no room nothing is kept any more.
        var hasRoom = _bytesBeyond == 0 && skipped == 0 && _length + reader.ValueSpan.Length <= Capacity;
        if (hasRoom) _length += reader.CopyString(_kept.AsSpan(_length));
        else _bytesBeyond += reader.ValueSpan.Length + skipped;
    }
}
