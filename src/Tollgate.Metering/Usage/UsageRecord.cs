namespace Tollgate.Metering.Usage;

/// <summary>One physical attempt, as recorded in the ledger: the request, the usage and the cost.</summary>
public sealed record UsageRecord
{
    /// <summary>The id; unique in the ledger.</summary>
    public required CallId Id { get; init; }

    /// <summary>The start of the attempt (UTC).</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>From the start of the attempt to the end of its response.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>
    /// From the start of the attempt to the first byte of its response's body; null if there was none.
    /// </summary>
    public TimeSpan? TimeToFirstToken { get; init; }

    /// <summary>The provider's id, such as <c>openai</c>.</summary>
    public required string Provider { get; init; }

    /// <summary>The model requested from the provider, by which records are grouped.</summary>
    public required string Model { get; init; }

    /// <summary>The model group that the caller named, if it differs from <see cref="Model"/>.</summary>
    public string? ModelGroup { get; init; }

    /// <summary>The model that the provider reports.</summary>
    public string? ResponseModel { get; init; }

    /// <summary>The deployment that served the attempt.</summary>
    public string? Deployment { get; init; }

    /// <summary>OpenTelemetry's <c>gen_ai.operation.name</c>: <c>chat</c>, <c>embeddings</c>, …</summary>
    public required string Operation { get; init; }

    /// <summary>True if the response was streamed.</summary>
    public bool Streamed { get; init; }

    /// <summary>The call's attribution.</summary>
    public Attribution Attribution { get; init; } = Attribution.None;

    /// <summary>The usage.</summary>
    public TokenUsage Usage { get; init; }

    /// <summary>The source of <see cref="Usage"/>.</summary>
    public required UsageSource UsageSource { get; init; }

    /// <summary>The caller's own counts, for comparison only; never priced.</summary>
    public LocalTokens Local { get; init; }

    /// <summary>The service tier that was billed.</summary>
    public ServiceTier ServiceTier { get; init; }

    /// <summary>The cost; null means that no price is known, which is not the same as zero.</summary>
    public Money? Cost { get; init; }

    /// <summary>
    /// The version of the price that produced <see cref="Cost"/>, or <c>caller</c>; null if unpriced.
    /// </summary>
    public string? CostSource { get; init; }

    /// <summary>The outcome of the attempt.</summary>
    public required CallOutcome Outcome { get; init; }

    /// <summary>The provider's HTTP status; 0 if there was no response.</summary>
    public int StatusCode { get; init; }

    /// <summary>A short class of the failure, such as <c>rate_limit_error</c>; null on success.</summary>
    public string? ErrorType { get; init; }

    /// <summary>The provider's own id of the response, which allows joins with its reports.</summary>
    public string? ResponseId { get; init; }

    /// <summary>
    /// The record that this one corrects, if it is a correction: its cost and usage add to those of that record, and it
    /// does not count as a call. It has the start time of that record, so that it falls into the same sums.
    /// </summary>
    public CallId? Corrects { get; init; }
}
