using Tollgate.Accounting.Stores.Sql;
using Tollgate.Accounting.Time;
using Tollgate.Accounting.Usage;

namespace Tollgate.Accounting.Tests.Stores;

public sealed class StepRangesTests
{
    private static readonly IReadOnlyList<int> Hours = RollupBlocks.GetHours(UsageDimension.Model);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Parts_are_the_bucket_whatever_is_added_and_subtracted(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 2000; i++)
        {
            var from = DateTimeOffset.UnixEpoch.AddMinutes(random.Next(-200_000, 200_000));
            var to = from.AddMinutes(random.Next(random.Next(2) == 0 ? 3000 : 400_000));
            var ranges = Split(from, to);

            // The lengths, and those of the squares, identify a range.
            var cut = UsageSlot.Split(new UsagePeriod(from, to));
            Measure(static part => part.To - part.From).ShouldBe(cut.EndSlot - cut.FirstSlot);
            Measure(static part => Square(part.To) - Square(part.From))
                .ShouldBe(Square(cut.EndSlot) - Square(cut.FirstSlot));
            foreach (var part in ranges.Blocks)
                (
                    part.From % (part.Hours * RollupKey.HourMicros),
                    part.To % (part.Hours * RollupKey.HourMicros)
                ).ShouldBe((0, 0));

            Int128 Measure(Func<StepRange, Int128> length) =>
                Parts(ranges).Aggregate((Int128)0, (sum, part) => sum + (part.Sign * length(part)));
        }

        static Int128 Square(long time) => (Int128)time * time;
    }

    [Theory]
    [InlineData("UTC", 30, 60)]
    [InlineData("Europe/Berlin", 30, 200)]
    [InlineData("America/Los_Angeles", 30, 300)]
    [InlineData("Asia/Kolkata", 30, 350)]
    public void A_month_by_day_is_read_from_few_rollups(string zone, int days, int max)
    {
        var clock = TimeZoneInfo.FindSystemTimeZoneById(zone);
        var first = new DateTime(2026, 10, 10);
        var ranges = StepRanges.Create(
            new UsageSumQuery
            {
                Edges =
                [
                    .. Enumerable.Range(0, days + 1).Select(day => UsageBuckets.Midnight(first.AddDays(day), clock)),
                ],
            },
            Hours
        );

        Parts(ranges).Sum(Count).ShouldBeLessThanOrEqualTo(max);
        ranges.Rest.ShouldBeEmpty();
    }

    [Fact]
    public void A_year_is_read_from_few_blocks()
    {
        var from = new DateTimeOffset(2025, 11, 3, 23, 0, 0, TimeSpan.Zero);

        Parts(Split(from, from.AddYears(1))).Sum(Count).ShouldBeLessThanOrEqualTo(20);
    }

    [Fact]
    public void An_unbounded_period_is_one_range_of_the_longest_blocks()
    {
        var ranges = StepRanges.Create(new UsageSumQuery(), Hours);

        ranges
            .Blocks.Count(static part => (Int128)part.To - part.From > DateTimeOffset.MaxValue.ToMicros())
            .ShouldBe(1);
    }

    private static StepRanges Split(DateTimeOffset from, DateTimeOffset to) =>
        StepRanges.Create(new UsageSumQuery { Edges = [from, to] }, Hours);

    private static IEnumerable<StepRange> Parts(StepRanges ranges) => [.. ranges.Slots, .. ranges.Blocks];

    private static long Count(StepRange part) =>
        (part.To - part.From) / (part.Hours == 0 ? RollupKey.SlotMicros : part.Hours * RollupKey.HourMicros);
}
