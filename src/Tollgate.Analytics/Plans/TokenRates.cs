using Tollgate.Analytics.Workloads;
using Tollgate.Metering.Pricing;
using Tollgate.Metering.Usage;

namespace Tollgate.Analytics.Plans;

/// <summary>The price of tokens, in US dollars per 1,000,000.</summary>
public sealed record TokenRates
{
    private const decimal Million = 1_000_000;

    /// <summary>Input tokens; required unless every model of the workload has its own rates.</summary>
    public decimal? Input { get; init; }

    /// <summary>Input tokens read from a cache; the input rate if not specified.</summary>
    public decimal? CachedInput { get; init; }

    /// <summary>Output tokens; required unless every model of the workload has its own rates.</summary>
    public decimal? Output { get; init; }

    /// <summary>Rates of individual models of the workload, by name.</summary>
    public IReadOnlyDictionary<string, TokenRates> ByModel { get; init; } = new Dictionary<string, TokenRates>();

    /// <summary>The base rates of a rate card: those of the smallest context, in one service tier.</summary>
    /// <exception cref="InvalidInputException">The card has no rate for text input or output in that tier.</exception>
    public static TokenRates FromRateCard(RateCard card, ServiceTier tier = ServiceTier.Standard)
    {
        var rates = card.FindTier(tier);
        if (rates?[UsageKind.InputText] is not { } input || rates[UsageKind.OutputText] is not { } output)
            throw new InvalidInputException(
                "rates",
                $"the price {card.PriceVersion} has no rates for text input and output in the tier {tier}"
            );
        return new TokenRates
        {
            Input = input * Million,
            CachedInput = rates[UsageKind.CacheRead] * Million,
            Output = output * Million,
        };
    }

    /// <summary>Reports negative and missing rates.</summary>
    public void Check(InputValidator check, Workload workload)
    {
        CheckSigns(check);
        foreach (var (model, rates) in ByModel)
            rates.CheckSigns(check.ForPart($"byModel[{model}]"));
        if (Input is not null && Output is not null)
            return;
        var unpriced = workload
            .ModelShares.Where(share => !IsComplete(ByModel.GetValueOrDefault(share.Model)))
            .Select(share => share.Model)
            .ToList();
        check.Require(
            unpriced.Count == 0,
            Input is null ? "input" : "output",
            unpriced is [""] ? "is missing" : $"is missing, as are the rates of {string.Join(", ", unpriced)}"
        );
    }

    /// <summary>The mean rates over the workload's models, times a factor.</summary>
    internal TokenPricing Over(Workload workload, double factor = 1)
    {
        double input = 0,
            cached = 0,
            output = 0;
        foreach (var (model, share) in workload.ModelShares)
        {
            var rates = ByModel.GetValueOrDefault(model) ?? this;
            input += share * (double)(rates.Input ?? Input ?? 0);
            cached += share * (double)(rates.CachedInput ?? rates.Input ?? CachedInput ?? Input ?? 0);
            output += share * (double)(rates.Output ?? Output ?? 0);
        }
        factor /= (double)Million;
        return new TokenPricing(input * factor, cached * factor, output * factor);
    }

    private static bool IsComplete(TokenRates? rates) => rates is { Input: not null, Output: not null };

    private void CheckSigns(InputValidator check)
    {
        if (Input is { } input)
            check.NotNegative("input", input);
        if (CachedInput is { } cached)
            check.NotNegative("cachedInput", cached);
        if (Output is { } output)
            check.NotNegative("output", output);
    }
}
