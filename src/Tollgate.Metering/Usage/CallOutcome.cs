namespace Tollgate.Metering.Usage;

/// <summary>The outcome of one attempt, from the caller's point of view.</summary>
public enum CallOutcome
{
    /// <summary>The provider's response was complete and successful.</summary>
    Completed,

    /// <summary>The provider returned an error, or an error event within a stream.</summary>
    ProviderError,

    /// <summary>The connection to the provider failed, so nothing was sent.</summary>
    ConnectFailed,

    /// <summary>The provider did not respond, or stopped sending, for longer than configured.</summary>
    TimedOut,

    /// <summary>The provider's connection was lost before the response was complete.</summary>
    UpstreamCut,

    /// <summary>The caller disconnected before the response was complete.</summary>
    ClientDisconnected,

    /// <summary>The gateway's process ended while the attempt was in flight; recorded at the next start.</summary>
    GatewayCrashed,

    /// <summary>Recorded manually or through the library, not seen by a gateway.</summary>
    Booked,

    /// <summary>Not an attempt: the record corrects another one, whose cost was known.</summary>
    Corrected,

    /// <summary>
    /// Not an attempt: the record corrects an unpriced one by adding its cost. It reduces the number of unpriced calls
    /// by one.
    /// </summary>
    Repriced,
}
