namespace Tollgate.Metering.Wire;

/// <summary>The role of a frame for the code that relays it.</summary>
public enum FrameRole
{
    /// <summary>An ordinary frame: pass it on.</summary>
    Content,

    /// <summary>A frame that contains only usage, which a caller who did not request it must not see.</summary>
    UsageOnly,

    /// <summary>Possibly the last frame: hold it until another follows or the stream ends.</summary>
    PerhapsTerminal,

    /// <summary>The dialect's terminal event: hold it until the record is durable.</summary>
    Terminal,
}

/// <summary>
/// Reads the usage from one response of one wire dialect, streamed or plain, in O(1) state. A meter serves one
/// response; it never throws because of a provider's data.
/// </summary>
public interface IUsageMeter
{
    /// <summary>Reads one frame of a stream.</summary>
    /// <param name="eventName">The event's name; empty if the dialect has none.</param>
    /// <param name="data">The payload.</param>
    FrameRole ReadFrame(ReadOnlySpan<byte> eventName, ReadOnlySpan<byte> data);

    /// <summary>Reads the next chunk of a plain body.</summary>
    void ReadBody(ReadOnlySpan<byte> piece, bool isFinal);

    /// <summary>
    /// Captures the generated text so that its tokens can be counted; null, the initial value, if its size in bytes is
    /// enough.
    /// </summary>
    ReceivedText? Text { get; set; }

    /// <summary>The current reading.</summary>
    MeterReading Reading { get; }
}
