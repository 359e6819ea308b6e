using Tollgate.Metering.Usage;

namespace Tollgate.Operations.Simulations.WhatIf;

/// <summary>The hypothetical conditions. Null values are unchanged.</summary>
/// <param name="Provider">The provider; null for the model's own provider, or the record's if no model is
/// given.</param>
/// <param name="Model">The model.</param>
/// <param name="CacheRate">The share of text input that is read from a cache, from 0 to 1.</param>
/// <param name="PricesAt">The time whose prices apply to all calls; null for those in effect at each call.</param>
public sealed record WhatIfQuestion(string? Provider, string? Model, decimal? CacheRate, DateTimeOffset? PricesAt)
{
    private static readonly UsageKind[] TextInput =
    [
        UsageKind.InputText,
        UsageKind.CacheRead,
        UsageKind.CacheWrite5m,
        UsageKind.CacheWrite1h,
    ];

    /// <summary>
    /// Returns the usage with this share of its text input read from a cache, to the nearest token; the rest is plain
    /// input.
    /// </summary>
    internal TokenUsage Usage(TokenUsage usage)
    {
        if (CacheRate is not { } rate)
            return usage;
        var text = TextInput.Sum(kind => usage[kind]);
        foreach (var kind in TextInput)
            usage[kind] = 0;
        usage[UsageKind.CacheRead] = decimal.ToInt64(decimal.Round(text * rate, MidpointRounding.AwayFromZero));
        usage[UsageKind.InputText] = text - usage[UsageKind.CacheRead];
        return usage;
    }
}
