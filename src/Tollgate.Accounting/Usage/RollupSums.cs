using Tollgate.Accounting.Time;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Usage;

/// <summary>The sums of one rollup row, or the changes of a batch to it.</summary>
internal struct RollupSums
{
    /// <summary>The number of pico-dollars in a micro-dollar.</summary>
    public const long PicoPerMicro = 1_000_000;

    public long Calls;
    public long Errors;
    public long Estimated;
    public long Unpriced;
    public long CostMicro;
    public long CostPico;
    public long Duration;
    public TokenUsage Usage;

    public void Add(UsageRecord record, long durationMicros)
    {
        if (record.Corrects is null)
            AddCall(record);
        Unpriced += UsageTotals.CountUnpriced(record);
        if (record.Cost is { } cost)
            AddCost(cost);
        Duration += durationMicros;
        Usage += record.Usage;
    }

    public static RollupSums operator +(in RollupSums left, in RollupSums right) =>
        new()
        {
            Calls = left.Calls + right.Calls,
            Errors = left.Errors + right.Errors,
            Estimated = left.Estimated + right.Estimated,
            Unpriced = left.Unpriced + right.Unpriced,
            CostMicro = left.CostMicro + right.CostMicro,
            CostPico = left.CostPico + right.CostPico,
            Duration = left.Duration + right.Duration,
            Usage = left.Usage + right.Usage,
        };

    public readonly UsageTotals ToTotals() =>
        new()
        {
            Calls = Calls,
            Errors = Errors,
            Estimated = Estimated,
            Unpriced = Unpriced,
            Cost = Money.Round(ToCost(CostMicro, CostPico)),
            Duration = StoredTime.ToDuration(Duration),
            Usage = Usage,
        };

    /// <summary>Combines the two parts of a cost to US dollars.</summary>
    public static decimal ToCost(long micro, long pico) =>
        (micro / (decimal)PicoPerMicro) + (pico / (decimal)Money.PicoPerUsd);

    private void AddCall(UsageRecord record)
    {
        Calls++;
        if (UsageTotals.IsError(record.Outcome))
            Errors++;
        if (record.UsageSource == UsageSource.Estimated)
            Estimated++;
    }

    private void AddCost(Money cost)
    {
        var (micro, rest) = Math.DivRem(cost.ToPico(), PicoPerMicro);
        CostMicro += micro;
        CostPico += rest;
    }
}
