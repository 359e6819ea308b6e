namespace Tollgate.Metering.Tests.Wire;

public class PayloadCutTests
{
    [Theory]
    [Trait("Needs", "Time")]
    [MemberData(nameof(Payload.Streams), MemberType = typeof(Payload))]
    public void A_stream_cut_at_any_byte_is_framed_and_read_the_same(string name)
    {
        var payload = Payload.Named(name);
        var whole = StreamDriver.Run(payload, payload.Bytes);
        for (var cut = 0; cut <= payload.Bytes.Length; cut++)
            ShouldBeAlike(StreamDriver.Run(payload, payload.Bytes, cut), whole, $"cut at {cut}");
    }

    [Theory]
    [MemberData(nameof(Payload.Streams), MemberType = typeof(Payload))]
    public void A_stream_that_arrives_byte_by_byte_is_framed_and_read_the_same(string name)
    {
        var payload = Payload.Named(name);
        var whole = StreamDriver.Run(payload, payload.Bytes);
        ShouldBeAlike(
            StreamDriver.Run(payload, payload.Bytes, Enumerable.Range(0, payload.Bytes.Length)),
            whole,
            "byte by byte"
        );
    }

    [Theory]
    [MemberData(nameof(Payload.Streams), MemberType = typeof(Payload))]
    public void The_frames_of_a_stream_are_all_of_its_bytes(string name)
    {
        var payload = Payload.Named(name);
        StreamDriver.Run(payload, payload.Bytes).Frames[^1].End.ShouldBe(payload.Bytes.Length);
    }

    [Theory]
    [Trait("Needs", "Time")]
    [MemberData(nameof(Payload.Bodies), MemberType = typeof(Payload))]
    public void A_body_cut_at_any_byte_is_read_the_same(string name)
    {
        var payload = Payload.Named(name);
        var outputBytes = Read(payload, 0).OutputBytes;
        for (var cut = 0; cut <= payload.Bytes.Length; cut++)
        {
            var reading = Read(payload, cut);
            ReadingText.Write(reading).ShouldBe(payload.Expected, $"cut at {cut}");
            reading.OutputBytes.ShouldBe(outputBytes, $"cut at {cut}");
        }
    }

    [Theory]
    [MemberData(nameof(Payload.Bodies), MemberType = typeof(Payload))]
    public void A_body_that_arrives_byte_by_byte_is_read_the_same(string name)
    {
        var payload = Payload.Named(name);
        var meter = payload.NewMeter();
        foreach (var at in Enumerable.Range(0, payload.Bytes.Length))
            meter.ReadBody(payload.Bytes.AsSpan(at, 1), isFinal: false);
        meter.ReadBody([], isFinal: true);
        ReadingText.Write(meter.Reading).ShouldBe(payload.Expected);
    }

    private static Metering.Wire.MeterReading Read(Payload payload, int cut)
    {
        var meter = payload.NewMeter();
        meter.ReadBody(payload.Bytes.AsSpan(0, cut), isFinal: false);
        meter.ReadBody(payload.Bytes.AsSpan(cut), isFinal: true);
        return meter.Reading;
    }

    private static void ShouldBeAlike(StreamDriver actual, StreamDriver expected, string how)
    {
        ReadingText.Write(actual.Reading).ShouldBe(ReadingText.Write(expected.Reading), how);
        actual.Reading.OutputBytes.ShouldBe(expected.Reading.OutputBytes, how);
        actual.Frames.ShouldBe(expected.Frames, how);
    }
}
