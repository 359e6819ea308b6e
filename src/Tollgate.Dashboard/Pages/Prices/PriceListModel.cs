using Tollgate.Dashboard.Layout;
using Tollgate.Metering.Usage;
using Tollgate.Operations.Prices;

namespace Tollgate.Dashboard.Pages.Prices;

/// <summary>The page with the models that are used, and the prices of all.</summary>
/// <param name="Frame">Its frame.</param>
/// <param name="Prices">The prices that match the search.</param>
public sealed record PriceListModel(FrameModel Frame, IReadOnlyList<PriceDetails> Prices)
{
    /// <summary>The models with calls that have no price.</summary>
    public required IReadOnlyList<UnpricedModel> Unpriced { get; init; }

    /// <summary>The number of prices that match and are not shown.</summary>
    public int HiddenCount { get; init; }

    /// <summary>Returns the standard price of a kind of usage for people, per million tokens.</summary>
    public static string GetRate(PriceDetails price, UsageKind kind)
    {
        var rate = price.Rates.FirstOrDefault(rate =>
            rate.Kind == kind && rate is { ServiceTier: ServiceTier.Standard, AboveInputTokens: 0 }
        );
        return rate?.Usd is { } usd ? Figures.Figure.ExactCost(usd.Usd) : "–";
    }
}
