using System.Diagnostics;
using System.Text;
using Tollgate.Metering.Usage;
using Tollgate.Metering.Wire;

namespace Tollgate.Metering.Tests.Wire;

public class WireFuzzTests
{
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("TOLLGATE_LONG") == "1";

    private static readonly byte[][] Fragments =
    [
        .. new[]
        {
            "\r",
            "\n",
            "\r\n",
            "\n\n",
            "data:",
            "data: ",
            "event: error\n",
            ":",
            "\uFEFF",
            "{",
            "}",
            "[",
            "]",
            "\"",
            "\\",
            "\\u",
            "\\ud800",
            ",",
            "null",
            "true",
            "-1",
            "0",
            "1e400",
            "-0.0",
            "9223372036854775808",
            "1000000000000",
            "\"12\"",
            "{}",
            "[]",
            "[[",
            "\"usage\":",
            "\"error\":\"x\",",
            "\"usageMetadata\":{",
            "\"iterations\":[{}],",
            "[DONE]",
            "\0",
            "</html>",
        }.Select(Encoding.UTF8.GetBytes),
        [0xFF],
        [0xC0, 0x80],
        [0xED, 0xA0, 0x80],
    ];

    [Fact]
    public void No_mutation_of_an_answer_makes_a_meter_throw_or_count_below_zero()
    {
        var payloads = Payload.All.OrderBy(payload => payload.Name, StringComparer.Ordinal).ToArray();
        var random = new Random(20260801);
        var count = IsLong ? 2_000_000 : 20_000;
        var started = Stopwatch.GetTimestamp();
        for (var run = 0; run < count; run++)
        {
            var payload = payloads[random.Next(payloads.Length)];
            var bytes = Mutate(payload.Bytes, random);
            try
            {
                ShouldBePlausible(ReadStream(payload, bytes, random));
                ShouldBePlausible(ReadBody(payload, bytes, random));
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException(
                    $"run {run}, {payload.Name}: {Convert.ToBase64String(bytes)}",
                    exception
                );
            }
        }

        if (!IsLong)
            Stopwatch
                .GetElapsedTime(started)
                .ShouldBeLessThan(TimeSpan.FromSeconds(30), "an ordinary run takes a few seconds");
    }

    private static byte[] Mutate(byte[] original, Random random)
    {
        var bytes = original.ToList();
        for (var change = random.Next(1, 6); change > 0 && bytes.Count > 0; change--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes.RemoveRange(at, random.Next(1, Math.Min(40, bytes.Count - at) + 1));
                    break;
                case 2:
                    bytes.InsertRange(at, Fragments[random.Next(Fragments.Length)]);
                    break;
                case 3:
                    bytes.InsertRange(at, bytes.GetRange(at, random.Next(Math.Min(200, bytes.Count - at))));
                    break;
                default:
                    bytes.RemoveRange(at, random.Next(4) == 0 ? bytes.Count - at : 1);
                    break;
            }
        }

        return [.. bytes];
    }

    private static MeterReading ReadStream(Payload payload, byte[] bytes, Random random)
    {
        var cuts = new int[random.Next(4)];
        foreach (ref var cut in cuts.AsSpan())
            cut = random.Next(bytes.Length + 1);
        Array.Sort(cuts);
        var run = StreamDriver.Run(payload, bytes, cuts);
        (run.Frames.Count == 0 ? 0 : run.Frames[^1].End).ShouldBe(bytes.Length, "every byte belongs to a frame");
        return run.Reading;
    }

    private static MeterReading ReadBody(Payload payload, byte[] bytes, Random random)
    {
        var meter = payload.NewMeter();
        var cut = random.Next(bytes.Length + 1);
        meter.ReadBody(bytes.AsSpan(0, cut), isFinal: false);
        meter.ReadBody(bytes.AsSpan(cut), isFinal: true);
        return meter.Reading;
    }

    private static void ShouldBePlausible(MeterReading reading)
    {
        for (var kind = 0; kind < TokenUsage.KindCount; kind++)
            reading.Usage[(UsageKind)kind].ShouldBeGreaterThanOrEqualTo(0);
        foreach (var part in reading.Parts ?? [])
            part.Usage.TotalTokens.ShouldBeGreaterThanOrEqualTo(0);
        reading.OutputBytes.ShouldBeGreaterThanOrEqualTo(0);
        if (!reading.HasUsage)
            reading.Usage.IsZero.ShouldBeTrue();
    }
}
