using System.Numerics;
using Tollgate.Metering.Usage;

namespace Tollgate.Api.Tests.OneNumber;

/// <summary>The slow and obvious computation of what every report must have.</summary>
internal static class Reference
{
    private static readonly CallOutcome[] Failures =
    [
        CallOutcome.ProviderError,
        CallOutcome.ConnectFailed,
        CallOutcome.TimedOut,
        CallOutcome.UpstreamCut,
        CallOutcome.GatewayCrashed,
    ];

    private static readonly UsageKind[] Input =
    [
        UsageKind.InputText,
        UsageKind.InputAudio,
        UsageKind.InputImage,
        UsageKind.CacheRead,
        UsageKind.CacheReadAudio,
        UsageKind.CacheWrite5m,
        UsageKind.CacheWrite1h,
    ];

    private static readonly UsageKind[] Output =
    [
        UsageKind.OutputText,
        UsageKind.OutputReasoning,
        UsageKind.OutputAudio,
        UsageKind.OutputImage,
    ];

    private static readonly UsageKind[] Kinds = Enum.GetValues<UsageKind>();

    private static readonly string[] Counts =
    [
        Figures.Rows,
        Figures.Calls,
        Figures.Errors,
        Figures.Estimated,
        Figures.Unpriced,
    ];

    /// <summary>The sums of records.</summary>
    public static Figures Sum(IEnumerable<UsageRecord> records)
    {
        var counts = new Figures();
        foreach (var name in Counts)
            counts.Add(name, 0);
        var (pico, micros) = (BigInteger.Zero, BigInteger.Zero);
        var kinds = new BigInteger[Kinds.Length];
        foreach (var record in records)
        {
            counts.Add(Figures.Rows, 1);
            AddCounts(counts, record);
            pico += new BigInteger((record.Cost?.Usd ?? 0) * 1_000_000_000_000m);
            micros += record.Duration.Ticks / TimeSpan.TicksPerMicrosecond;
            foreach (var kind in Kinds)
                kinds[(int)kind] += record.Usage[kind];
        }

        foreach (var kind in Kinds)
            counts.Add(Name(kind), (decimal)kinds[(int)kind]);
        var (input, output) = (SumOf(kinds, Input), SumOf(kinds, Output));
        return counts
            .Add(Figures.Cost, (decimal)pico / 1_000_000_000_000m)
            .Add(Figures.Duration, (decimal)micros)
            .Add(Figures.Input, input)
            .Add(Figures.Output, output)
            .Add(Figures.Total, input + output)
            .Add(Figures.Cached, SumOf(kinds, [UsageKind.CacheRead, UsageKind.CacheReadAudio]))
            .Add(Figures.Reasoning, SumOf(kinds, [UsageKind.OutputReasoning]));
    }

    /// <summary>The name of the sum of a kind.</summary>
    public static string Name(UsageKind kind) => "kind " + kind;

    /// <summary>True if an outcome counts as an error.</summary>
    public static bool IsFailure(CallOutcome outcome) => Failures.Contains(outcome);

    /// <summary>The first quarter of an hour of a local day: midnight, unless the clock skips it.</summary>
    public static DateTimeOffset FindMidnight(DateOnly day, TimeZoneInfo zone)
    {
        // No zone is further than 14 hours ahead.
        var time = new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero).AddHours(-15);
        while (FindDay(time, zone) < day)
            time = time.AddMinutes(15);
        return time;
    }

    /// <summary>The local day of a time.</summary>
    public static DateOnly FindDay(DateTimeOffset time, TimeZoneInfo zone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time, zone).DateTime);

    private static void AddCounts(Figures counts, UsageRecord record)
    {
        // A correction is not a call; one that adds a price takes the call from those without one.
        var isCall = record.Corrects is null;
        counts.Add(Figures.Calls, isCall ? 1 : 0);
        counts.Add(Figures.Errors, isCall && IsFailure(record.Outcome) ? 1 : 0);
        counts.Add(Figures.Estimated, isCall && record.UsageSource == UsageSource.Estimated ? 1 : 0);
        counts.Add(Figures.Unpriced, isCall && record.Cost is null ? 1 : 0);
        counts.Add(Figures.Unpriced, !isCall && record.Outcome == CallOutcome.Repriced ? -1 : 0);
    }

    private static decimal SumOf(BigInteger[] kinds, IEnumerable<UsageKind> some) =>
        (decimal)some.Aggregate(BigInteger.Zero, (sum, kind) => sum + kinds[(int)kind]);
}
