namespace Tollgate.Metering.Usage;

/// <summary>The service tier that was billed. Providers price the same model differently by tier.</summary>
public enum ServiceTier
{
    /// <summary>The standard price.</summary>
    Standard,

    /// <summary>Asynchronous batches, usually at half price.</summary>
    Batch,

    /// <summary>Cheaper and slower synchronous processing.</summary>
    Flex,

    /// <summary>Faster processing at a higher price.</summary>
    Priority,

    /// <summary>A faster model serving at its own price (Anthropic's <c>speed: fast</c>).</summary>
    Fast,

    /// <summary>
    /// Processing confined to a region, at its own price (Anthropic's <c>inference_geo: us</c>, 1.1 times the standard
    /// one). Unpriced if the price book has no such tier, rather than priced as standard.
    /// </summary>
    Regional,
}
