using Tollgate.Metering.Wire;

namespace Tollgate.Metering.Tests.Wire;

/// <summary>
/// Drives a scanner and a meter over a stream that arrives in pieces, as a relay does: after each piece the unread
/// bytes are presented, and at the end once more, with nothing new, as final.
/// </summary>
internal sealed class StreamDriver(IFrameScanner scanner, IUsageMeter meter)
{
    private int _start;

    /// <summary>Where each frame ended, and what it meant.</summary>
    public List<(int End, FrameRole Role)> Frames { get; } = [];

    public MeterReading Reading => meter.Reading;

    /// <summary>A run over a whole payload, cut after each of <paramref name="cuts"/> bytes.</summary>
    public static StreamDriver Run(Payload payload, ReadOnlySpan<byte> bytes, params IEnumerable<int> cuts)
    {
        var driver = new StreamDriver(payload.NewScanner(), payload.NewMeter());
        foreach (var cut in cuts)
            driver.Look(bytes[..cut], isFinal: false);
        driver.Look(bytes, isFinal: false);
        driver.Look(bytes, isFinal: true);
        return driver;
    }

    /// <summary>Looks at a stream of which these bytes have arrived so far.</summary>
    public void Look(ReadOnlySpan<byte> arrived, bool isFinal)
    {
        while (scanner.TryRead(arrived[_start..], isFinal, out var frame))
        {
            var bytes = arrived.Slice(_start, frame.Length);
            _start += frame.Length;
            Frames.Add((_start, Read(frame, bytes)));
        }
    }

    private FrameRole Read(Frame frame, ReadOnlySpan<byte> bytes)
    {
        if (!frame.IsSplit)
            return meter.ReadFrame(frame.Event.Slice(bytes), frame.Data.Slice(bytes));
        var joined = new byte[bytes.Length];
        var length = SseScanner.Join(bytes, joined);
        return meter.ReadFrame(frame.Event.Slice(bytes), joined.AsSpan(0, length));
    }
}
