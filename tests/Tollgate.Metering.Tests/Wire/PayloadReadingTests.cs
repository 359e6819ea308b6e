using System.Globalization;
using Tollgate.Metering.Wire;

namespace Tollgate.Metering.Tests.Wire;

public class PayloadReadingTests
{
    [Theory]
    [MemberData(nameof(Payload.Names), MemberType = typeof(Payload))]
    public void Reads_what_was_computed_by_hand(string name)
    {
        var payload = Payload.Named(name);
        ReadingText.Write(Read(payload)).ShouldBe(payload.Expected);
    }

    [Theory]
    [MemberData(nameof(Payload.Names), MemberType = typeof(Payload))]
    public void The_disjoint_counts_sum_up_to_the_total_that_the_provider_states(string name)
    {
        var payload = Payload.Named(name);
        if (!payload.Fields.TryGetValue("total", out var total))
            return;
        var usage = Read(payload).Usage;
        (usage.InputTokens + usage.OutputTokens).ShouldBe(long.Parse(total, CultureInfo.InvariantCulture));
    }

    [Fact]
    public void There_are_at_least_15_payloads_of_each_dialect_and_66_in_all()
    {
        Payload.All.Count.ShouldBeGreaterThanOrEqualTo(66);
        foreach (var dialect in Payload.All.GroupBy(payload => payload.Dialect))
            dialect.Count().ShouldBeGreaterThanOrEqualTo(15, dialect.Key);
    }

    [Fact]
    public void Every_payload_file_has_its_entry_with_a_source()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "Wire", "Payloads");
        var files = Directory
            .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file) != "readings.txt")
            .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'));
        files.Order().ShouldBe(Payload.All.Select(payload => payload.Name).Order());
        Payload.All.ShouldAllBe(payload => payload.Fields.ContainsKey("source"));
    }

    private static MeterReading Read(Payload payload)
    {
        if (payload.IsStream)
            return StreamDriver.Run(payload, payload.Bytes).Reading;
        var meter = payload.NewMeter();
        meter.ReadBody(payload.Bytes, isFinal: true);
        return meter.Reading;
    }
}
