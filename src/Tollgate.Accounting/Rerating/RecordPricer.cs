using Tollgate.Accounting.Tracking;
using Tollgate.Metering.Pricing;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Rerating;

/// <summary>Prices a booked record as it would be priced now.</summary>
internal sealed class RecordPricer(PriceBook prices)
{
    /// <summary>The <c>cost_source</c> of what providers do not charge for, as gateways write it.</summary>
    public const string NotBilled = "not_billed";

    private readonly ILookup<string, RateCard> _cards = prices.Cards.ToLookup(
        static card => card.PriceVersion,
        StringComparer.Ordinal
    );

    public RecordPrice Price(UsageRecord record)
    {
        if (record.CostSource is UsageTracker.StatedByCaller or NotBilled)
            return new(null, null, WhyLeft.Stated);
        if (record.Usage.IsZero)
            return new(null, null, WhyLeft.NoUsage);
        var charge = CostCalculator.Price(CardOf(record), record.Usage, record.ServiceTier);
        return charge.Total is { } cost ? new(cost, charge.PriceVersion, WhyLeft.No) : new(null, null, WhyLeft.NoPrice);
    }

    /// <summary>
    /// By the model that the provider says it used, else by the one that was asked for, as the gateway does. A
    /// deployment that is priced as another model (Azure's names say nothing) shows in the version of its price, which
    /// then names neither.
    /// </summary>
    private RateCard? CardOf(UsageRecord record)
    {
        var at = record.StartedAt;
        if (
            record.CostSource is { } version
            && _cards[version].FirstOrDefault() is { } former
            && !IsNamed(former, record.ResponseModel)
            && !IsNamed(former, record.Model)
        )
            return prices.Find(former.Provider, former.Model, at);
        var answered = record.ResponseModel is { } model ? prices.Find(record.Provider, model, at) : null;
        return answered ?? prices.Find(record.Provider, record.Model, at);
    }

    private static bool IsNamed(RateCard card, string? model) =>
        model is not null && (card.Model == model || card.Aliases.Contains(model));
}

/// <summary>What a record costs now.</summary>
/// <param name="Cost">The cost; null where it stays as it is.</param>
/// <param name="Version">The version of the price.</param>
/// <param name="Left">Why it stays as it is.</param>
internal readonly record struct RecordPrice(Money? Cost, string? Version, WhyLeft Left);

/// <summary>Why a record keeps its cost.</summary>
internal enum WhyLeft
{
    /// <summary>It does not.</summary>
    No,

    /// <summary>The cost is the caller's, or the provider does not charge for it.</summary>
    Stated,

    /// <summary>Nothing was consumed, or nobody knows how much.</summary>
    NoUsage,

    /// <summary>The price book has no price for it now: what it was charged stays.</summary>
    NoPrice,
}
