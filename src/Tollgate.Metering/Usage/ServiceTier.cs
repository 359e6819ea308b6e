namespace Tollgate.Metering.Usage;

/// <summary>The class of service that was billed. Providers price the same model differently by it.</summary>
public enum ServiceTier
{
    /// <summary>The ordinary price.</summary>
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
    /// Processing confined to a region, at its own price (Anthropic's <c>inference_geo: us</c>, 1.1 times the ordinary
    /// one). Unpriced where the price book states no such tier, rather than priced as ordinary.
    /// </summary>
    Regional,
}
