using System.Buffers;
using System.Text;
using System.Text.Json;
using Tollgate.Metering.Tokens;

namespace Tollgate.Metering.Wire;

/// <summary>
/// The generated text of one answer as far as it has arrived, so that an answer that breaks off can be counted, and so
/// that a text that somebody wants to keep can be had. Keeping it is a copy into pooled memory; nothing is counted
/// until somebody asks, which for a whole answer nobody does.
/// </summary>
/// <remarks>
/// Exact for the first <see cref="Capacity"/> bytes; what comes after them is counted by <see cref="TokenEstimate"/>,
/// and so is everything where there is no counter. The texts of several choices are kept in the order in which their
/// parts came.
/// </remarks>
/// <param name="counter">Counts the model's tokens; null where none does so exactly.</param>
/// <param name="keeps">How many bytes of text are kept at the most; never less than <see cref="Capacity"/>.</param>
public sealed class ReceivedText(TokenCounter? counter, int keeps = ReceivedText.Capacity) : IDisposable
{
    /// <summary>
    /// Bytes of text that are counted exactly: about 8,000 tokens, more than nearly all answers have.
    /// </summary>
    public const int Capacity = 32 * 1024;

    private readonly int _keeps = Math.Max(keeps, Capacity);
    private byte[]? _kept;
    private int _length,
        _countable;
    private long _bytesBeyond;

    /// <summary>Whether text came that was not kept.</summary>
    public bool IsTruncated { get; private set; }

    /// <summary>The text that was kept.</summary>
    public override string ToString() => Encoding.UTF8.GetString(_kept.AsSpan(0, _length));

    /// <summary>Counts the text.</summary>
    public long CountTokens() =>
        (counter?.Count(_kept.AsSpan(0, _countable)) ?? 0) + TokenEstimate.OfBytes(_bytesBeyond);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_kept is not null)
            ArrayPool<byte>.Shared.Return(_kept);
        (_kept, _length, _countable) = (null, 0, 0);
    }

    /// <summary>
    /// Adds a JSON string. Of one that was too long to be kept, <paramref name="skipped"/> bytes were passed over.
    /// </summary>
    internal void Add(ref Utf8JsonReader reader, long skipped)
    {
        _kept ??= ArrayPool<byte>.Shared.Rent(_keeps);
        // No string becomes longer by being unescaped. Behind the first that has no room nothing is counted exactly any
        // more.
        var isCountable =
            counter is not null && _bytesBeyond == 0 && skipped == 0 && _length + reader.ValueSpan.Length <= Capacity;
        if (!isCountable)
            _bytesBeyond += reader.ValueSpan.Length + skipped;
        if (_length + reader.ValueSpan.Length <= _keeps && !IsTruncated)
            _length += reader.CopyString(_kept.AsSpan(_length));
        else
            AddBeginning(ref reader);
        if (isCountable)
            _countable = _length;
        IsTruncated |= skipped > 0;
    }

    /// <summary>Fills the room that is left with whole characters.</summary>
    private void AddBeginning(ref Utf8JsonReader reader)
    {
        if (IsTruncated)
            return;
        var whole = ArrayPool<byte>.Shared.Rent(reader.ValueSpan.Length);
        var text = whole.AsSpan(0, reader.CopyString(whole));
        var room = Math.Min(_keeps - _length, text.Length);
        IsTruncated = room < text.Length;
        while (room > 0 && room < text.Length && (text[room] & 0xC0) == 0x80)
            room--;
        text[..room].CopyTo(_kept.AsSpan(_length));
        _length += room;
        ArrayPool<byte>.Shared.Return(whole);
    }
}
