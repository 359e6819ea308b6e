using System.Globalization;
using Tollgate.Metering.Usage;

namespace Tollgate.Metering.Pricing.LiteLlm;

/// <summary>
/// The name of a cost field, parsed by its grammar: a stem, then any of the suffixes <c>_above_200k_tokens</c>,
/// <c>_above_1hr</c>, <c>_batches</c>, <c>_flex</c> and <c>_priority</c>, each once and in any order.
/// </summary>
/// <param name="Stem">The stem of the field; null if the name starts with no known stem.</param>
/// <param name="IsSupported">True if the whole name is supported and prices a kind that Tollgate counts.</param>
internal readonly record struct CostField(CostFieldStem? Stem, bool IsSupported)
{
    /// <summary>The class of service.</summary>
    public ServiceTier Tier { get; private init; }

    /// <summary>The context threshold in input tokens; 0 for none.</summary>
    public long AboveInputTokens { get; private init; }

    /// <summary>True if the field is about caches that live for an hour.</summary>
    public bool IsOneHourCache { get; private init; }

    /// <summary>The kind that the field prices, or would price if its suffixes were understood.</summary>
    public UsageKind? Kind => IsOneHourCache ? UsageKind.CacheWrite1h : Stem?.Kind;

    /// <summary>True if a field of that name is a cost field at all.</summary>
    public static bool IsCost(string name) =>
        name.Contains("cost", StringComparison.Ordinal) || name.Contains("pricing", StringComparison.Ordinal);

    /// <summary>Parses a name. Never fails: the result indicates an unsupported name.</summary>
    public static CostField Parse(string name)
    {
        foreach (var stem in CostFieldStem.All)
            if (
                name.StartsWith(stem.Name, StringComparison.Ordinal)
                && (name.Length == stem.Name.Length || name[stem.Name.Length] == '_')
            )
                return new CostField(stem, stem.Kind is not null).WithSuffixes(name.AsSpan(stem.Name.Length));
        return new CostField(null, false);
    }

    private CostField WithSuffixes(ReadOnlySpan<char> rest)
    {
        var field = this;
        while (!rest.IsEmpty)
            if (field.WithSuffix(ref rest) is { } next)
                field = next;
            else
                return field with { IsSupported = false };
        return field;
    }

    private CostField? WithSuffix(ref ReadOnlySpan<char> rest)
    {
        if (TryConsume(ref rest, "_batches"))
            return WithTier(ServiceTier.Batch);
        if (TryConsume(ref rest, "_flex"))
            return WithTier(ServiceTier.Flex);
        if (TryConsume(ref rest, "_priority"))
            return WithTier(ServiceTier.Priority);
        if (TryConsume(ref rest, "_above_1hr"))
            return IsOneHourCache || Stem?.Kind != UsageKind.CacheWrite5m ? null : this with { IsOneHourCache = true };
        if (!TryConsume(ref rest, "_above") || AboveInputTokens > 0)
            return null;
        return ConsumeThousands(ref rest) is > 0 and var tokens ? this with { AboveInputTokens = tokens } : null;
    }

    private CostField? WithTier(ServiceTier tier) => Tier == ServiceTier.Standard ? this with { Tier = tier } : null;

    private static long ConsumeThousands(ref ReadOnlySpan<char> rest)
    {
        if (rest.IsEmpty)
            return 0;
        rest = rest[1..];
        var digits = rest.IndexOfAnyExceptInRange('0', '9');
        if (digits is < 1 or > 9)
            return 0;
        var thousands = long.Parse(rest[..digits], NumberStyles.None, CultureInfo.InvariantCulture);
        rest = rest[digits..];
        return TryConsume(ref rest, "k_tokens") ? thousands * 1000 : 0;
    }

    private static bool TryConsume(ref ReadOnlySpan<char> rest, string suffix)
    {
        if (!rest.StartsWith(suffix, StringComparison.Ordinal))
            return false;
        rest = rest[suffix.Length..];
        return rest.IsEmpty || rest[0] == '_';
    }
}
