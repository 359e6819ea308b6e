using Tollgate.Accounting.InFlight;
using Tollgate.Gateway.Routing;
using Tollgate.Metering.Pricing;
using Tollgate.Metering.Usage;
using Tollgate.Metering.Wire;

namespace Tollgate.Gateway.Recording;

/// <summary>Finds the price of an attempt. The price book is swapped as a whole when it changes.</summary>
public sealed class CallPricer(PriceBook prices)
{
    /// <summary>
    /// The <c>cost_source</c> of calls that providers do not charge for: refusals, failed connections, token counts.
    /// </summary>
    public const string NotBilled = "not_billed";

    private PriceBook _prices = prices;

    /// <summary>The prices in effect from now on.</summary>
    public PriceBook Prices
    {
        get => Volatile.Read(ref _prices);
        set => Volatile.Write(ref _prices, value);
    }

    /// <summary>Prices the in-flight attempts that a terminated gateway left behind.</summary>
    public (Money? Cost, string? Source) PriceRecovered(InFlightAttempt attempt)
    {
        var card = Prices.Find(attempt.Provider, attempt.Model, attempt.StartedAt);
        var charge = CostCalculator.Price(card, attempt.UpperBound, attempt.ServiceTier);
        return (charge.Total, charge.CostSource);
    }

    /// <summary>The price book's entry for a model that has not responded yet; null if there is none.</summary>
    internal RateCard? FindRateCard(Deployment deployment, string model, DateTimeOffset at) =>
        Prices.Find(deployment.Provider, deployment.PricedAs ?? model, at);

    /// <summary>
    /// Prices usage by the model that the configuration names, otherwise by the one that the provider reports,
    /// otherwise by the one that was requested. A bill over several models is the sum of its parts.
    /// </summary>
    internal (Money? Cost, string? Source) Price(
        Deployment deployment,
        string model,
        in MeterReading reading,
        in TokenUsage usage,
        DateTimeOffset at
    )
    {
        var tier = reading.ServiceTier ?? ServiceTier.Standard;
        var card = FindRateCard(deployment, model, reading.ResponseModel, at);
        if (reading.Parts is not { } parts)
        {
            var charge = CostCalculator.Price(card, usage, tier);
            return (charge.Total, charge.CostSource);
        }

        // Usage billed per unit is kept outside the parts and is charged at the call's own model.
        var total = CostCalculator.Price(card, PerUnitUsage(usage), tier).Total;
        foreach (var part in parts)
        {
            var partCard = part.Model is null ? card : Prices.Find(deployment.Provider, part.Model, at);
            total += CostCalculator.Price(partCard, part.Usage, tier).Total;
        }

        return (total, total is null ? null : card?.PriceVersion);
    }

    private RateCard? FindRateCard(Deployment deployment, string model, string? responseModel, DateTimeOffset at)
    {
        var prices = Prices;
        if (deployment.PricedAs is { } named)
            return prices.Find(deployment.Provider, named, at);
        var answered = responseModel is null ? null : prices.Find(deployment.Provider, responseModel, at);
        return answered ?? prices.Find(deployment.Provider, model, at);
    }

    private static TokenUsage PerUnitUsage(in TokenUsage usage) =>
        new() { [UsageKind.ToolUse] = usage[UsageKind.ToolUse], [UsageKind.Request] = usage[UsageKind.Request] };
}
