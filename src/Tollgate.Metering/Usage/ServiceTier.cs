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
}
