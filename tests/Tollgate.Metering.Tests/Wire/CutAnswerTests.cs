namespace Tollgate.Metering.Tests.Wire;

public class CutAnswerTests
{
    [Theory]
    [MemberData(nameof(Payload.Streams), MemberType = typeof(Payload))]
    public void A_stream_that_ends_too_early_is_never_read_as_more_than_it_stated(string name)
    {
        var payload = Payload.Named(name);
        var whole = StreamDriver.Run(payload, payload.Bytes);
        // The bytes after which each number may be believed are the ends of the frames.
        var stated = new HashSet<string>();
        foreach (var (end, _) in whole.Frames.Prepend((0, default)))
            stated.Add(UsageOf(payload, end));
        for (var end = 0; end < payload.Bytes.Length; end++)
            stated.ShouldContain(UsageOf(payload, end), $"cut at {end}");
    }

    [Theory]
    [MemberData(nameof(Payload.Streams), MemberType = typeof(Payload))]
    public void A_stream_that_ends_inside_its_last_frame_is_not_complete(string name)
    {
        var payload = Payload.Named(name);
        var frames = StreamDriver.Run(payload, payload.Bytes).Frames;
        var last = frames.FindLastIndex(frame =>
            frame.Role != Metering.Wire.FrameRole.Content || frame.End < payload.Bytes.Length
        );
        var from = last <= 0 ? 0 : frames[last - 1].End;
        // A complete last payload may lack what frames it: the last line ends, and a bracket.
        var to = payload.Bytes.AsSpan(0, frames[Math.Max(last, 0)].End).LastIndexOfAny((byte)'}', (byte)']');
        if (IsCompleteAt(payload, from))
            return;
        for (var end = from; end <= to; end++)
            IsCompleteAt(payload, end).ShouldBeFalse($"cut at {end} of {to}");
    }

    [Theory]
    [MemberData(nameof(Payload.Bodies), MemberType = typeof(Payload))]
    public void A_body_that_ends_too_early_is_not_complete_and_states_all_of_its_usage_or_none(string name)
    {
        var payload = Payload.Named(name);
        for (var end = 0; end <= payload.Bytes.AsSpan().LastIndexOf((byte)'}'); end++)
        {
            var meter = payload.NewMeter();
            meter.ReadBody(payload.Bytes.AsSpan(0, end), isFinal: true);
            meter.Reading.IsComplete.ShouldBeFalse($"cut at {end}");
            if (meter.Reading.HasUsage)
                meter.Reading.Usage.ToString().ShouldBe(payload.Fields["usage"], $"cut at {end}");
        }
    }

    private static string UsageOf(Payload payload, int end)
    {
        var reading = StreamDriver.Run(payload, payload.Bytes.AsSpan(0, end)).Reading;
        return reading.HasUsage ? reading.Usage.ToString() : "none";
    }

    private static bool IsCompleteAt(Payload payload, int end) =>
        StreamDriver.Run(payload, payload.Bytes.AsSpan(0, end)).Reading.IsComplete;
}
