using System.Collections.Immutable;
using Tollgate.Metering.Usage;

namespace Tollgate.Metering.Pricing.LiteLlm;

/// <summary>The rates of one model, collected field by field.</summary>
internal sealed class LiteLlmEntry
{
    private readonly Dictionary<(ServiceTier Tier, long Above), Dictionary<UsageKind, decimal>> _tiers = [];
    private readonly HashSet<UsageKind> _unpriced = [];
    private readonly HashSet<UsageKind> _displaced = [];
    private bool _billedOtherwise;

    /// <summary>The cost fields that are not supported.</summary>
    public List<string> UnsupportedFields { get; } = [];

    /// <summary>Adds one cost field.</summary>
    /// <remarks>
    /// A field with a known stem but an unknown suffix could apply to any request, so its kind is left unpriced as a
    /// whole. A field that prices another unit, such as a price per image, removes the text rate that its tokens would
    /// have.
    /// </remarks>
    public void Add(string name, decimal price)
    {
        var field = CostField.Parse(name);
        if (field is { IsSupported: true, Kind: { } kind })
            Set(name, field, kind, price);
        else
            Reject(name, field, price);
    }

    /// <summary>
    /// Adds a price per search, which is listed for each context size. It can only be applied if all sizes have the
    /// same price.
    /// </summary>
    public void AddSearch(string name, IReadOnlyCollection<decimal> bySize)
    {
        if (bySize.Distinct().Count() == 1)
            Base()[UsageKind.ToolUse] = bySize.First();
        else
            UnsupportedFields.Add(name);
    }

    /// <summary>Records a field that cannot be read at all.</summary>
    public void Reject(string name)
    {
        UnsupportedFields.Add(name);
        if (name.Contains("tiered_pricing", StringComparison.Ordinal))
            for (var kind = UsageKind.InputText; kind <= UsageKind.OutputImage; kind++)
                _unpriced.Add(kind);
    }

    /// <summary>The rates as tiers; none if nothing that Tollgate counts is priced.</summary>
    public ImmutableArray<RateTier> Tiers()
    {
        foreach (var rates in _tiers.Values)
            foreach (var kind in _unpriced)
                rates.Remove(kind);
        FillDefaults();

        // Zeros next to a price in another unit mean that the model is not billed by the token, not that it is free.
        if (_billedOtherwise && _tiers.Values.All(rates => rates.Values.All(rate => rate == 0)))
            return [];
        return
        [
            .. _tiers
                .Where(tier => tier.Value.Count > 0)
                .OrderBy(tier => tier.Key.Tier)
                .ThenBy(tier => tier.Key.Above)
                .Select(tier => new RateTier(tier.Key.Tier, tier.Key.Above, tier.Value)),
        ];
    }

    private void Set(string name, CostField field, UsageKind kind, decimal price)
    {
        var rates = Rates((field.Tier, field.AboveInputTokens));
        if (!rates.TryGetValue(kind, out var other) || other == 0)
            rates[kind] = price;
        else if (price != 0 && price != other)
            Reject(name, field, price);
    }

    private void Reject(string name, CostField field, decimal price)
    {
        UnsupportedFields.Add(name);
        if (price == 0)
            return;
        if (field.Kind is { } kind)
            _unpriced.Add(kind);
        if (field.Stem?.Replaces is { } displaced)
            _displaced.Add(displaced);
        _billedOtherwise = true;
    }

    private void FillDefaults()
    {
        FillDefault(UsageKind.InputAudio, UsageKind.InputText);
        FillDefault(UsageKind.InputImage, UsageKind.InputText);
        FillDefault(UsageKind.OutputReasoning, UsageKind.OutputText);
    }

    /// <summary>
    /// LiteLLM prices a modality without a rate as text, so the text rate is written out for it. A modality that costs
    /// the same as text at the base follows text in the other tiers, too; one with a different price does not.
    /// </summary>
    private void FillDefault(UsageKind kind, UsageKind text)
    {
        if (_unpriced.Contains(kind) || !FollowsText(kind, text))
            return;
        foreach (var rates in _tiers.Values)
            if (rates.TryGetValue(text, out var rate))
                rates.TryAdd(kind, rate);
    }

    private bool FollowsText(UsageKind kind, UsageKind text) =>
        Base().TryGetValue(kind, out var own)
            ? Base().TryGetValue(text, out var rate) && own == rate
            : !_displaced.Contains(kind) && !_tiers.Values.Any(rates => rates.ContainsKey(kind));

    private Dictionary<UsageKind, decimal> Base() => Rates((ServiceTier.Standard, 0));

    private Dictionary<UsageKind, decimal> Rates((ServiceTier Tier, long Above) tier)
    {
        if (!_tiers.TryGetValue(tier, out var rates))
            _tiers[tier] = rates = [];
        return rates;
    }
}
