using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Tracking;

/// <summary>A usage reported by a program that calls a provider directly. Only the model is required.</summary>
public sealed record UsageEntry
{
    /// <summary>The requested model. Not blank.</summary>
    public required string Model { get; init; }

    /// <summary>
    /// The provider's id; if absent, the model's maker, otherwise the only provider whose price list contains it,
    /// otherwise <c>unknown</c>.
    /// </summary>
    public string? Provider { get; init; }

    /// <summary>Prompt tokens, including cached ones.</summary>
    public long? PromptTokens { get; init; }

    /// <summary>Completion tokens, including reasoning.</summary>
    public long? CompletionTokens { get; init; }

    /// <summary>
    /// The sum of both. If absent, it is computed; if one part is absent, that part is the difference; if only the
    /// total is given, all of it counts as prompt and the record is marked <c>estimated</c>. A total that contradicts
    /// its parts is rejected.
    /// </summary>
    public long? TotalTokens { get; init; }

    /// <summary>Prompt tokens that were read from a cache; part of <see cref="PromptTokens"/>.</summary>
    public long CachedTokens { get; init; }

    /// <summary>
    /// Prompt tokens that were written to a cache with the provider's default lifetime; part of
    /// <see cref="PromptTokens"/>.
    /// </summary>
    public long CacheWriteTokens { get; init; }

    /// <summary>Completion tokens that were spent on reasoning; part of <see cref="CompletionTokens"/>.</summary>
    public long ReasoningTokens { get; init; }

    /// <summary>Prompt tokens as counted by the caller.</summary>
    public long? LocalPromptTokens { get; init; }

    /// <summary>Completion tokens as counted by the caller.</summary>
    public long? LocalCompletionTokens { get; init; }

    /// <summary>The sum of both as counted by the caller; if absent, the sum of the given parts.</summary>
    public long? LocalTotalTokens { get; init; }

    /// <summary>
    /// The cost in US dollars; if absent, it is computed from the price book, and stays unpriced if there is no price,
    /// or if the call got a response but no consumption is given.
    /// </summary>
    public decimal? Cost { get; init; }

    /// <summary>The duration of the call.</summary>
    public TimeSpan ExecutionTime { get; init; }

    /// <summary>The time from the start to the first chunk of the response; null if unknown.</summary>
    public TimeSpan? TimeToFirstToken { get; init; }

    /// <summary>True if the response was streamed.</summary>
    public bool Streamed { get; init; }

    /// <summary>The model that the provider reports.</summary>
    public string? ResponseModel { get; init; }

    /// <summary>The provider's id of the response.</summary>
    public string? ResponseId { get; init; }

    /// <summary>How the call ended, as far as the reporting program saw it.</summary>
    public CallOutcome Outcome { get; init; } = CallOutcome.Booked;

    /// <summary>A short error class.</summary>
    public string? ErrorType { get; init; }

    /// <summary>The calling application.</summary>
    public string? CallerName { get; init; }

    /// <summary>The user.</summary>
    public string? Username { get; init; }

    /// <summary>The project.</summary>
    public string? Project { get; init; }

    /// <summary>The session.</summary>
    public string? Session { get; init; }

    /// <summary>Free-form labels, comma-separated.</summary>
    public string? Tags { get; init; }

    /// <summary>When the call started; if absent, now.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>
    /// The identity, for a caller that may retry: the same identity is recorded once. If absent, a new one is created.
    /// </summary>
    public Guid? Id { get; init; }

    /// <summary>The OpenTelemetry operation name.</summary>
    public string Operation { get; init; } = "chat";
}
