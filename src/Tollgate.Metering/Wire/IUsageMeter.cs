namespace Tollgate.Metering.Wire;

/// <summary>What a frame means for the one who relays it.</summary>
public enum FrameRole
{
    /// <summary>An ordinary frame: pass it on.</summary>
    Content,

    /// <summary>A frame that holds nothing but usage, which a caller who did not ask for it must not see.</summary>
    UsageOnly,

    /// <summary>Perhaps the last frame: hold it until another follows or the stream ends.</summary>
    PerhapsTerminal,

    /// <summary>The dialect's terminal event: hold it until the record is durable.</summary>
    Terminal,
}

/// <summary>
/// Reads the usage out of one answer of one wire dialect, streamed or plain, in O(1) state. A meter serves one
/// answer; it never throws on what a provider sends.
/// </summary>
public interface IUsageMeter
{
    /// <summary>Reads one frame of a stream.</summary>
    /// <param name="eventName">The event's name; empty where the dialect has none.</param>
    /// <param name="data">The payload.</param>
    FrameRole ReadFrame(ReadOnlySpan<byte> eventName, ReadOnlySpan<byte> data);

    /// <summary>Reads the next piece of a plain body.</summary>
    void ReadBody(ReadOnlySpan<byte> piece, bool isFinal);

    /// <summary>
    /// Where generated text is kept to be counted; null, as it is at first, where its bytes are enough.
    /// </summary>
    ReceivedText? Text { get; set; }

    /// <summary>What has been learnt so far.</summary>
    UsageReading Reading { get; }
}
