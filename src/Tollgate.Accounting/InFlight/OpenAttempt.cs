using Tollgate.Accounting.Limits;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.InFlight;

/// <summary>
/// An attempt that is about to be sent to a provider. It is on record before the first byte leaves, so that a call
/// whose gateway dies is still booked, at <see cref="UpperBound"/>.
/// </summary>
public sealed record OpenAttempt
{
    /// <summary>The identity under which the attempt will be booked.</summary>
    public required CallId Id { get; init; }

    /// <summary>When the attempt was started (UTC).</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The provider's id, such as <c>openai</c>.</summary>
    public required string Provider { get; init; }

    /// <summary>The model that is asked of the provider.</summary>
    public required string Model { get; init; }

    /// <summary>The model group that the caller named, where it differs from <see cref="Model"/>.</summary>
    public string? ModelGroup { get; init; }

    /// <summary>The deployment that serves the attempt.</summary>
    public string? Deployment { get; init; }

    /// <summary>OpenTelemetry's <c>gen_ai.operation.name</c>.</summary>
    public required string Operation { get; init; }

    /// <summary>Whether the answer will be streamed.</summary>
    public bool Streamed { get; init; }

    /// <summary>The class of service that was asked for.</summary>
    public ServiceTier ServiceTier { get; init; }

    /// <summary>Whom the call is booked to.</summary>
    public Attribution Attribution { get; init; } = Attribution.None;

    /// <summary>The most that it can cost, where that was reserved; else null.</summary>
    public Money? UpperCost { get; init; }

    /// <summary>What its booking is charged to; null where no limit concerns it.</summary>
    public LimitCharges? Charges { get; init; }

    /// <summary>The most that the attempt can consume, as far as it can be known beforehand.</summary>
    public TokenUsage UpperBound { get; init; }
}
