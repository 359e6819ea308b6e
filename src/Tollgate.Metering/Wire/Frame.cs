namespace Tollgate.Metering.Wire;

/// <summary>
/// One frame at the start of a buffer: a server-sent event or an array element, with all its bytes. Positions are
/// relative to the scanned buffer.
/// </summary>
/// <param name="Length">Bytes of the whole frame, its delimiter included.</param>
/// <param name="Event">The position of the event's name; empty if it has none.</param>
/// <param name="Data">The position of the payload; empty if the frame has none (a comment, a bracket).</param>
/// <param name="IsSplit">
/// True if the payload is spread over several <c>data:</c> lines, see <see cref="SseScanner.Join"/>.
/// </param>
public readonly record struct Frame(int Length, FrameRange Event, FrameRange Data, bool IsSplit);

/// <summary>A part of a frame.</summary>
public readonly record struct FrameRange(int Start, int Length)
{
    /// <summary>The bytes of this range.</summary>
    public ReadOnlySpan<byte> Slice(ReadOnlySpan<byte> buffer) => buffer.Slice(Start, Length);
}

/// <summary>
/// Splits a byte stream into frames. Holds O(1) state: the bytes remain with the caller, who passes the unread bytes
/// again, with more after them, until a frame is complete.
/// </summary>
public interface IFrameScanner
{
    /// <summary>
    /// Finds the frame at the start of <paramref name="unread"/>. If true, the caller drops <see cref="Frame.Length"/>
    /// bytes; if false, it passes the same bytes again with more after them.
    /// </summary>
    /// <param name="unread">All bytes that are not part of an earlier frame.</param>
    /// <param name="isFinal">True if no more bytes will follow; the rest is then a frame, complete or not.</param>
    /// <param name="frame">The frame, if the result is true.</param>
    bool TryRead(ReadOnlySpan<byte> unread, bool isFinal, out Frame frame);
}
