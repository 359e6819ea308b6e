using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Testing;

/// <summary>Random conditions and buckets for sample records.</summary>
internal static class SampleFilters
{
    private static readonly UsageDimension[] Dimensions = Enum.GetValues<UsageDimension>();

    /// <summary>Up to three conditions, many of which some of the records meet.</summary>
    public static UsageFilter[] RandomSet(Random random, IReadOnlyList<UsageRecord> records) =>
        [.. Enumerable.Range(0, random.Next(4)).Select(_ => Random(random, records))];

    public static UsageFilter Random(Random random, IReadOnlyList<UsageRecord> records)
    {
        var record = records[random.Next(records.Count)];
        return random.Next(10) switch
        {
            0 => new PropertyFilter((UsageProperty)random.Next(5), random.Next(2) == 0),
            1 => new OutcomeFilter([record.Outcome, .. random.Next(2) == 0 ? (CallOutcome[])[CallOutcome.Booked] : []]),
            2 => random.Next(2) == 0 ? new CostFilter(record.Cost, null) : new CostFilter(null, record.Cost),
            3 => random.Next(2) == 0
                ? new DurationFilter(record.Duration, null)
                : new DurationFilter(TimeSpan.Zero, record.Duration),
            4 => random.Next(2) == 0 ? new CallFilter(record.Id.Call) : new ResponseFilter(record.ResponseId ?? "none"),
            5 => UsageFilter.Search(random.Next(2) == 0 ? "L-1" : "r-"),
            6 => new AnyFilter([
                .. Enumerable.Range(0, random.Next(1, 4)).Select(_ => RandomDimension(random, records)),
            ]),
            _ => RandomDimension(random, records),
        };
    }

    /// <summary>
    /// Edges that fall on minutes, slots, hours, days or anywhere, and need not be in equal distances.
    /// </summary>
    public static DateTimeOffset[] RandomEdges(Random random, DateTimeOffset from, TimeSpan length)
    {
        var unit = random.Next(5) switch
        {
            0 => TimeSpan.FromMinutes(1),
            1 => UsageSlot.Length,
            2 => TimeSpan.FromHours(1),
            3 => TimeSpan.FromDays(1),
            _ => TimeSpan.FromMicroseconds(1),
        };
        return
        [
            .. Enumerable
                .Range(0, 2 + random.Next(30))
                .Select(_ => from + (unit * Math.Floor(random.NextDouble() * (length / unit))))
                .Distinct()
                .Order(),
        ];
    }

    private static DimensionFilter RandomDimension(Random random, IReadOnlyList<UsageRecord> records)
    {
        // Half of them by a dimension of the rollups.
        var dimension = Dimensions[random.Next(random.Next(2) == 0 ? 5 : Dimensions.Length)];
        var values = Enumerable
            .Range(0, random.Next(4))
            .Select(_ => records[random.Next(records.Count)].GetValue(dimension));
        return random.Next(4) switch
        {
            0 => DimensionFilter.NotIn(dimension, values),
            1 => DimensionFilter.Contains(dimension, random.Next(2) == 0 ? "-1" : "E"),
            _ => DimensionFilter.In(dimension, values),
        };
    }
}
