namespace Tollgate.Metering.Usage;

/// <summary>How one attempt ended, seen from the caller.</summary>
public enum CallOutcome
{
    /// <summary>The provider's answer arrived whole and successful.</summary>
    Completed,

    /// <summary>The provider answered with an error, or with an error event within a stream.</summary>
    ProviderError,

    /// <summary>No connection to the provider could be made, so nothing was sent.</summary>
    ConnectFailed,

    /// <summary>The provider did not answer, or stopped sending, for longer than configured.</summary>
    TimedOut,

    /// <summary>The provider's connection broke before the answer was whole.</summary>
    UpstreamCut,

    /// <summary>The caller left before the answer was whole.</summary>
    ClientLeft,

    /// <summary>The gateway's process ended with the attempt under way; booked at the next start.</summary>
    GateDied,

    /// <summary>Booked by hand or through the library, not seen by a gateway.</summary>
    Booked,

    /// <summary>No attempt: the record corrects another one, whose cost was known.</summary>
    Corrected,

    /// <summary>
    /// No attempt: the record corrects an unpriced one, and gives it its cost. It takes one from the number of unpriced
    /// calls.
    /// </summary>
    PricedLater,
}
