using Tollgate.Accounting.Tracking;
using Tollgate.Metering.Pricing;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Rerating;

/// <summary>Prices a stored record with the current prices.</summary>
internal sealed class RecordPricer(PriceBook prices)
{
    /// <summary>The <c>cost_source</c> of usage that providers do not charge for, as written by gateways.</summary>
    public const string NotBilled = "not_billed";

    private readonly ILookup<string, RateCard> _cards = prices.Cards.ToLookup(
        static card => card.PriceVersion,
        StringComparer.Ordinal
    );

    public RecordPrice Price(UsageRecord record)
    {
        if (record.CostSource is UsageTracker.CallerCostSource or NotBilled)
            return new(null, null, UnchangedReason.StatedByProvider);
        if (record.Usage.IsZero)
            return new(null, null, UnchangedReason.NoUsage);
        var charge = CostCalculator.Price(FindRateCard(record), record.Usage, record.ServiceTier);
        return charge.Total is { } cost
            ? new(cost, charge.PriceVersion, UnchangedReason.None)
            : new(null, null, UnchangedReason.NoPrice);
    }

    /// <summary>
    /// Prices by the model that the provider reports, otherwise by the requested one, as the gateway does. A deployment
    /// that is priced as another model (Azure's names say nothing) is recognized by its price version, which then names
    /// neither.
    /// </summary>
    private RateCard? FindRateCard(UsageRecord record)
    {
        var at = record.StartedAt;
        if (
            record.CostSource is { } version
            && _cards[version].FirstOrDefault() is { } former
            && !Matches(former, record.ResponseModel)
            && !Matches(former, record.Model)
        )
            return prices.Find(former.Provider, former.Model, at);
        var answered = record.ResponseModel is { } model ? prices.Find(record.Provider, model, at) : null;
        return answered ?? prices.Find(record.Provider, record.Model, at);
    }

    private static bool Matches(RateCard card, string? model) =>
        model is not null && (card.Model == model || card.Aliases.Contains(model));
}

/// <summary>The current price of a record.</summary>
/// <param name="Cost">The cost; null if it stays unchanged.</param>
/// <param name="Version">The version of the price.</param>
/// <param name="Unchanged">Why it stays unchanged.</param>
internal readonly record struct RecordPrice(Money? Cost, string? Version, UnchangedReason Unchanged);

/// <summary>Why a record keeps its cost.</summary>
internal enum UnchangedReason
{
    /// <summary>It does not keep it.</summary>
    None,

    /// <summary>The caller reported the cost, or the provider does not charge for it.</summary>
    StatedByProvider,

    /// <summary>Nothing was consumed, or the consumption is unknown.</summary>
    NoUsage,

    /// <summary>The price book has no price for it: the charged cost stays.</summary>
    NoPrice,
}
