namespace Tollgate.Metering.Usage;

/// <summary>
/// One physical attempt, as it stands in the ledger: what was asked, what was consumed, what it cost.
/// </summary>
public sealed record UsageRecord
{
    /// <summary>The identity; unique in the ledger.</summary>
    public required CallId Id { get; init; }

    /// <summary>When the attempt was started (UTC).</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>From the start of the attempt to the end of its answer.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>From the start of the attempt to the first byte of its answer's body; null where none came.</summary>
    public TimeSpan? TimeToFirstToken { get; init; }

    /// <summary>The provider's id, such as <c>openai</c>.</summary>
    public required string Provider { get; init; }

    /// <summary>The model that was asked of the provider, and by which the record is grouped.</summary>
    public required string Model { get; init; }

    /// <summary>The model group that the caller named, where it differs from <see cref="Model"/>.</summary>
    public string? ModelGroup { get; init; }

    /// <summary>The model that the provider says it used.</summary>
    public string? ResponseModel { get; init; }

    /// <summary>The deployment that served the attempt.</summary>
    public string? Deployment { get; init; }

    /// <summary>OpenTelemetry's <c>gen_ai.operation.name</c>: <c>chat</c>, <c>embeddings</c>, …</summary>
    public required string Operation { get; init; }

    /// <summary>Whether the answer was streamed.</summary>
    public bool Streamed { get; init; }

    /// <summary>Whom the call is booked to.</summary>
    public Attribution Attribution { get; init; } = Attribution.None;

    /// <summary>What was consumed.</summary>
    public TokenUsage Usage { get; init; }

    /// <summary>Where <see cref="Usage"/> comes from.</summary>
    public required UsageSource UsageSource { get; init; }

    /// <summary>What the caller counted by itself, for comparison only; it is never priced.</summary>
    public LocalTokens Local { get; init; }

    /// <summary>The class of service that was billed.</summary>
    public ServiceTier ServiceTier { get; init; }

    /// <summary>What it cost; null means that no price is known, which is not the same as zero.</summary>
    public Money? Cost { get; init; }

    /// <summary>The version of the price that gave <see cref="Cost"/>, or <c>caller</c>; null where unpriced.</summary>
    public string? CostSource { get; init; }

    /// <summary>How the attempt ended.</summary>
    public required CallOutcome Outcome { get; init; }

    /// <summary>The provider's HTTP status; 0 where no answer came.</summary>
    public int StatusCode { get; init; }

    /// <summary>A short class of the failure, such as <c>rate_limit_error</c>; null on success.</summary>
    public string? ErrorType { get; init; }

    /// <summary>The provider's own id of the answer, by which its reports can be joined.</summary>
    public string? ResponseId { get; init; }

    /// <summary>
    /// The record that this one corrects, where it is a correction: its cost and usage add to those of that record, and
    /// it counts as no call. It has the start of that record, so that it falls into the same sums.
    /// </summary>
    public CallId? Corrects { get; init; }
}
