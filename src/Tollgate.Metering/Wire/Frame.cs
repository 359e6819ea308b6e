namespace Tollgate.Metering.Wire;

/// <summary>
/// One frame at the start of a buffer: a server-sent event or an array's element, with all bytes that belong to it.
/// Positions are relative to the buffer that was scanned.
/// </summary>
/// <param name="Length">Bytes of the whole frame, its delimiter included.</param>
/// <param name="Event">Where the event's name lies; empty where it has none.</param>
/// <param name="Data">Where the payload lies; empty where the frame carries none (a comment, a bracket).</param>
/// <param name="IsSplit">Whether the payload is spread over several <c>data:</c> lines, see
/// <see cref="SseScanner.Join"/>.</param>
public readonly record struct Frame(int Length, FrameRange Event, FrameRange Data, bool IsSplit);

/// <summary>A part of a frame.</summary>
public readonly record struct FrameRange(int Start, int Length)
{
    /// <summary>The bytes of this range.</summary>
    public ReadOnlySpan<byte> In(ReadOnlySpan<byte> buffer) => buffer.Slice(Start, Length);
}

/// <summary>
/// Cuts a byte stream into frames. Holds O(1) state: the bytes themselves stay with the caller, who presents the
/// unread bytes again, with more behind them, until a frame is whole.
/// </summary>
public interface IFrameScanner
{
    /// <summary>
    /// Finds the frame at the start of <paramref name="unread"/>. After true, the caller drops
    /// <see cref="Frame.Length"/> bytes; after false, it presents the same bytes again with more behind them.
    /// </summary>
    /// <param name="unread">All bytes that are not part of an earlier frame.</param>
    /// <param name="isFinal">Whether no byte will follow; what is left is then a frame, whole or not.</param>
    /// <param name="frame">The frame, where the result is true.</param>
    bool TryRead(ReadOnlySpan<byte> unread, bool isFinal, out Frame frame);
}
