using System.Text.Json.Serialization;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;
using Tollgate.Operations.Serialization;

namespace Tollgate.Operations.Usage.Figures;

/// <summary>The totals of some usage, for the API.</summary>
public sealed record UsageFigures
{
    /// <summary>The number of calls.</summary>
    public required long Calls { get; init; }

    /// <summary>Those that failed.</summary>
    public required long Errors { get; init; }

    /// <summary>Those without a price, which the cost does not include.</summary>
    public required long Unpriced { get; init; }

    /// <summary>Those whose usage is estimated.</summary>
    public required long Estimated { get; init; }

    /// <summary>The consumption by kind.</summary>
    public required TokenUsage Tokens { get; init; }

    /// <summary>The cost; null if no call has a price, since it is then unknown, not 0.</summary>
    [JsonConverter(typeof(MoneyTextJson))]
    public required Money? Cost { get; init; }

    /// <summary>The cost per call with a price; null without such calls.</summary>
    [JsonConverter(typeof(MoneyTextJson))]
    public required Money? CostPerCall { get; init; }

    /// <summary>The duration per call, in seconds; null without calls.</summary>
    public required decimal? MeanDurationS { get; init; }

    /// <summary>The part of the input tokens that was read from a cache, from 0 to 1; null without input.</summary>
    public required decimal? CacheShare { get; init; }

    /// <summary>The totals from which they were computed.</summary>
    [JsonIgnore]
    public UsageTotals Totals { get; init; } = new();

    /// <summary>Computes the figures of totals.</summary>
    public static UsageFigures Create(UsageTotals totals) =>
        new()
        {
            Calls = totals.Calls,
            Errors = totals.Errors,
            Unpriced = totals.Unpriced,
            Estimated = totals.Estimated,
            Tokens = totals.Usage,
            Cost = ToMoney(UsageMeasure.Cost.GetValue(totals)),
            CostPerCall = ToMoney(UsageMeasure.CostPerCall.GetValue(totals)),
            MeanDurationS = UsageMeasure.MeanDuration.GetValue(totals),
            CacheShare = UsageMeasure.CacheShare.GetValue(totals),
            Totals = totals,
        };

    private static Money? ToMoney(decimal? usd) => usd is { } known ? Money.Round(known) : null;
}
