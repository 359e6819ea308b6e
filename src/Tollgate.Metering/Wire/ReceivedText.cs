using System.Buffers;
using System.Text;
using System.Text.Json;
using Tollgate.Metering.Tokens;

namespace Tollgate.Metering.Wire;

/// <summary>
/// The generated text of one response as far as it has arrived, so that the tokens of an interrupted response can be
/// counted and a transcript can be recorded. Capturing is a copy into pooled memory; tokens are counted only on
/// request, which is unnecessary for a complete response.
/// </summary>
/// <remarks>
/// Exact for the first <see cref="Capacity"/> bytes; the rest is counted by <see cref="TokenEstimate"/>, as is
/// everything if there is no counter. The texts of several choices are stored in the order in which their parts
/// arrived.
/// </remarks>
/// <param name="counter">Counts the model's tokens; null if no exact counter exists.</param>
/// <param name="keeps">The maximum number of bytes of text to store; never less than <see cref="Capacity"/>.</param>
public sealed class ReceivedText(TokenCounter? counter, int keeps = ReceivedText.Capacity) : IDisposable
{
    /// <summary>
    /// Bytes of text that are counted exactly: about 8,000 tokens, more than almost any response has.
    /// </summary>
    public const int Capacity = 32 * 1024;

    private readonly int _maxBytes = Math.Max(keeps, Capacity);
    private byte[]? _captured;
    private int _length,
        _countable;
    private long _bytesBeyond;

    /// <summary>True if some text was not stored.</summary>
    public bool IsTruncated { get; private set; }

    /// <summary>The stored text.</summary>
    public override string ToString() => Encoding.UTF8.GetString(_captured.AsSpan(0, _length));

    /// <summary>Counts the text.</summary>
    public long CountTokens() =>
        (counter?.Count(_captured.AsSpan(0, _countable)) ?? 0) + TokenEstimate.FromByteCount(_bytesBeyond);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_captured is not null)
            ArrayPool<byte>.Shared.Return(_captured);
        (_captured, _length, _countable) = (null, 0, 0);
    }

    /// <summary>
    /// Adds a JSON string; <paramref name="skipped"/> bytes were omitted if it was too long to store.
    /// </summary>
    internal void Add(ref Utf8JsonReader reader, long skipped)
    {
        _captured ??= ArrayPool<byte>.Shared.Rent(_maxBytes);
        // Unescaping never makes a string longer. After the first one that does not fit, nothing is counted exactly any
        // more.
        var isCountable =
            counter is not null && _bytesBeyond == 0 && skipped == 0 && _length + reader.ValueSpan.Length <= Capacity;
        if (!isCountable)
            _bytesBeyond += reader.ValueSpan.Length + skipped;
        if (_length + reader.ValueSpan.Length <= _maxBytes && !IsTruncated)
            _length += reader.CopyString(_captured.AsSpan(_length));
        else
            AddBeginning(ref reader);
        if (isCountable)
            _countable = _length;
        IsTruncated |= skipped > 0;
    }

    /// <summary>Fills the remaining space with whole characters.</summary>
    private void AddBeginning(ref Utf8JsonReader reader)
    {
        if (IsTruncated)
            return;
        var whole = ArrayPool<byte>.Shared.Rent(reader.ValueSpan.Length);
        var text = whole.AsSpan(0, reader.CopyString(whole));
        var room = Math.Min(_maxBytes - _length, text.Length);
        IsTruncated = room < text.Length;
        while (room > 0 && room < text.Length && (text[room] & 0xC0) == 0x80)
            room--;
        text[..room].CopyTo(_captured.AsSpan(_length));
        _length += room;
        ArrayPool<byte>.Shared.Return(whole);
    }
}
