using System.Buffers;
using Tollgate.Accounting.Transcripts;
using Tollgate.Metering.Wire;

namespace Tollgate.Gateway.Transcripts;

/// <summary>
/// A meter that also captures the beginning of a plain body, which it receives decoded. The text of a stream is
/// captured by <see cref="ReceivedText"/>.
/// </summary>
internal sealed class AuditedMeter(IUsageMeter meter, int maxBytes) : IUsageMeter
{
    private byte[]? _kept;
    private int _length;

    public ReceivedText? Text
    {
        get => meter.Text;
        set => meter.Text = value;
    }

    public UsageReading Reading => meter.Reading;

    public FrameRole ReadFrame(ReadOnlySpan<byte> eventName, ReadOnlySpan<byte> data) =>
        meter.ReadFrame(eventName, data);

    public void ReadBody(ReadOnlySpan<byte> piece, bool isFinal)
    {
        Keep(piece);
        meter.ReadBody(piece, isFinal);
    }

    /// <summary>
    /// Returns the text of the response, and whether it was truncated. May be called only once: the buffer returns to
    /// its pool.
    /// </summary>
    public (string Text, bool IsCut) TakeAnswer()
    {
        if (_kept is null)
            return meter.Text is { } streamed ? (streamed.ToString(), streamed.IsTruncated) : ("", false);
        var answer = AuditText.Read(new ReadOnlySequence<byte>(_kept, 0, _length), maxBytes);
        ArrayPool<byte>.Shared.Return(_kept);
        _kept = null;
        return answer;
    }

    /// <summary>One byte more than needed reveals that a body is too long.</summary>
    private void Keep(ReadOnlySpan<byte> piece)
    {
        _kept ??= ArrayPool<byte>.Shared.Rent(maxBytes + 1);
        var taken = Math.Min(piece.Length, maxBytes + 1 - _length);
        piece[..taken].CopyTo(_kept.AsSpan(_length));
        _length += taken;
    }
}
