using Tollgate.Metering.Usage;

namespace Tollgate.Operations.Prices;

/// <summary>A usage whose cost is to be compared between models.</summary>
public sealed record QuoteRequest
{
    /// <summary>The models, as <c>MODEL</c> or <c>PROVIDER/MODEL</c>; empty for all.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>All input tokens, cached ones included.</summary>
    public long InputTokens { get; init; }

    /// <summary>The input tokens that are read from a cache; at most all input tokens.</summary>
    public long CachedTokens { get; init; }

    /// <summary>The output tokens.</summary>
    public long OutputTokens { get; init; }

    /// <summary>The class of service.</summary>
    public ServiceTier ServiceTier { get; init; }

    /// <summary>The time whose prices are used; null for now.</summary>
    public DateTimeOffset? At { get; init; }
}
