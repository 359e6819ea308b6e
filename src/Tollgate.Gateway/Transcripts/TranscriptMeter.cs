using System.Buffers;
using Tollgate.Accounting.Transcripts;
using Tollgate.Metering.Wire;

namespace Tollgate.Gateway.Transcripts;

/// <summary>
/// A meter that also captures the beginning of a plain body, which it receives decoded. The text of a stream is
/// captured by <see cref="ReceivedText"/>.
/// </summary>
internal sealed class TranscriptMeter(IUsageMeter meter, int maxBytes) : IUsageMeter
{
    private byte[]? _captured;
    private int _length;

    public ReceivedText? Text
    {
        get => meter.Text;
        set => meter.Text = value;
    }

    public MeterReading Reading => meter.Reading;

    public FrameRole ReadFrame(ReadOnlySpan<byte> eventName, ReadOnlySpan<byte> data) =>
        meter.ReadFrame(eventName, data);

    public void ReadBody(ReadOnlySpan<byte> piece, bool isFinal)
    {
        Capture(piece);
        meter.ReadBody(piece, isFinal);
    }

    /// <summary>
    /// Returns the text of the response, and whether it was truncated. May be called only once: the buffer returns to
    /// its pool.
    /// </summary>
    public (string Text, bool IsCut) TakeResponse()
    {
        if (_captured is null)
            return meter.Text is { } streamed ? (streamed.ToString(), streamed.IsTruncated) : ("", false);
        var text = TranscriptText.Read(new ReadOnlySequence<byte>(_captured, 0, _length), maxBytes);
        ArrayPool<byte>.Shared.Return(_captured);
        _captured = null;
        return text;
    }

    /// <summary>One byte more than needed reveals that a body is too long.</summary>
    private void Capture(ReadOnlySpan<byte> piece)
    {
        _captured ??= ArrayPool<byte>.Shared.Rent(maxBytes + 1);
        var taken = Math.Min(piece.Length, maxBytes + 1 - _length);
        piece[..taken].CopyTo(_captured.AsSpan(_length));
        _length += taken;
    }
}
