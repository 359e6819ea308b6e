using Tollgate.Metering.Pricing;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.ImportExport.Focus;

/// <summary>
/// Splits a record's cost by token type, with the price that produced it. The parts always add up to the recorded cost:
/// the rounding difference goes to the largest part. If no known price produces exactly the recorded cost, the cost is
/// not split.
/// </summary>
internal sealed class FocusSplit(PriceBook prices)
{
    /// <summary>The meter of a cost that cannot be split.</summary>
    public const string AllTokens = "tokens";

    private static readonly string[] Meters = [.. Enum.GetNames<UsageKind>().Select(UsageFields.SnakeCase)];

    // An edited price keeps its version's name, so the price that reproduces the cost is searched.
    private readonly ILookup<string, RateCard> _cards = prices.Cards.ToLookup(
        static card => card.PriceVersion,
        StringComparer.Ordinal
    );

    /// <summary>Adds the parts of one record.</summary>
    public void Split(UsageRecord record, List<FocusPart> parts)
    {
        if (record.Corrects is not null)
            parts.Add(new(AllTokens, record.Usage.TotalTokens, record.Cost ?? Money.Zero, null, FocusClass.Correction));
        else if (record.Cost is not { } cost)
            AddUnpriced(record.Usage, parts);
        else if (FindRateCard(record, cost) is { } card)
            AddPriced(record, cost, card, parts);
        else if (!record.Usage.IsZero || cost != Money.Zero)
            parts.Add(new(AllTokens, record.Usage.TotalTokens, cost, null, FocusClass.Usage));
    }

    private RateCard? FindRateCard(UsageRecord record, Money cost)
    {
        if (record.CostSource is not { } version || record.Usage.IsZero)
            return null;
        foreach (var card in _cards[version])
            if (CostCalculator.Price(card, record.Usage, record.ServiceTier).Total == cost)
                return card;
        return null;
    }

    private static void AddPriced(UsageRecord record, Money cost, RateCard card, List<FocusPart> parts)
    {
        var (first, rest) = (parts.Count, cost);
        var input = record.Usage.InputTokens;
        foreach (var kind in UsageKindSet.FromUsage(record.Usage))
        {
            // A unit without a rate in a priced call is a request without a fee, which is not a charge.
            if (CostCalculator.UnitRate(card, kind, record.ServiceTier, input) is not { } rate)
                continue;
            var part = Money.Round(record.Usage[kind] * rate);
            rest -= part;
            parts.Add(
                new(
                    Meters[(int)kind],
                    record.Usage[kind],
                    part,
                    new FocusPrice(
                        card.PriceVersion,
                        rate,
                        record.ServiceTier,
                        card.GetThreshold(record.ServiceTier, input)
                    ),
                    FocusClass.Usage
                )
            );
        }

        if (rest != Money.Zero)
            AddToLargest(parts, first, rest);
    }

    private static void AddToLargest(List<FocusPart> parts, int first, Money rest)
    {
        var largest = first;
        for (var i = first + 1; i < parts.Count; i++)
            if (parts[i].Cost.Usd > parts[largest].Cost.Usd)
                largest = i;
        parts[largest] = parts[largest] with { Cost = parts[largest].Cost + rest };
    }

    /// <summary>Adds an unpriced call with its consumption, or with none if the consumption is unknown.</summary>
    private static void AddUnpriced(in TokenUsage usage, List<FocusPart> parts)
    {
        var first = parts.Count;
        foreach (var kind in UsageKindSet.FromUsage(usage))
            if (kind != UsageKind.Request)
                parts.Add(new(Meters[(int)kind], usage[kind], Money.Zero, null, FocusClass.Unpriced));
        if (parts.Count == first)
            parts.Add(new(AllTokens, 0, Money.Zero, null, FocusClass.Unpriced));
    }
}
