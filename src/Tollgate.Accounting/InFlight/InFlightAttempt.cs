using Tollgate.Accounting.Limits;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.InFlight;

/// <summary>
/// An attempt that is about to be sent to a provider. It is stored before the first byte leaves, so that a call whose
/// gateway crashes is still recorded, at <see cref="UpperBound"/>.
/// </summary>
public sealed record InFlightAttempt
{
    /// <summary>The identity under which the attempt will be recorded.</summary>
    public required CallId Id { get; init; }

    /// <summary>When the attempt was started (UTC).</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The provider's id, such as <c>openai</c>.</summary>
    public required string Provider { get; init; }

    /// <summary>The model requested from the provider.</summary>
    public required string Model { get; init; }

    /// <summary>The model group in the request, if it differs from <see cref="Model"/>.</summary>
    public string? ModelGroup { get; init; }

    /// <summary>The deployment that serves the attempt.</summary>
    public string? Deployment { get; init; }

    /// <summary>The OpenTelemetry <c>gen_ai.operation.name</c>.</summary>
    public required string Operation { get; init; }

    /// <summary>True if the response will be streamed.</summary>
    public bool Streamed { get; init; }

    /// <summary>The requested service tier.</summary>
    public ServiceTier ServiceTier { get; init; }

    /// <summary>The attribution of the call.</summary>
    public Attribution Attribution { get; init; } = Attribution.None;

    /// <summary>The maximum cost, if it was reserved; otherwise null.</summary>
    public Money? UpperCost { get; init; }

    /// <summary>The counters the record is charged to; null if no limit applies.</summary>
    public LimitCharges? Charges { get; init; }

    /// <summary>The maximum that the attempt can consume, as far as it is known in advance.</summary>
    public TokenUsage UpperBound { get; init; }
}
