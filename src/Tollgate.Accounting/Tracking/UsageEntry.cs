using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Tracking;

/// <summary>One usage as a program states it that calls a provider by itself. Only the model is required.</summary>
public sealed record UsageEntry
{
    /// <summary>The model that was asked for. Not blank.</summary>
    public required string Model { get; init; }

    /// <summary>
    /// The provider's id; where it is not given, the model's maker, else the only provider whose price list has it,
    /// else <c>unknown</c>.
    /// </summary>
    public string? Provider { get; init; }

    /// <summary>Tokens of the prompt, cached ones included.</summary>
    public long? PromptTokens { get; init; }

    /// <summary>Tokens of the completion, reasoning included.</summary>
    public long? CompletionTokens { get; init; }

    /// <summary>
    /// Both together. Where it is not given it is their sum; where one part is not given it is the rest; where it alone
    /// is given, all of it counts as prompt and the record says <c>estimated</c>. A total that contradicts its parts is
    /// refused.
    /// </summary>
    public long? TotalTokens { get; init; }

    /// <summary>Tokens of the prompt that were read from a cache; part of <see cref="PromptTokens"/>.</summary>
    public long CachedTokens { get; init; }

    /// <summary>
    /// Tokens of the prompt that were written to a cache of the provider's default time; part of
    /// <see cref="PromptTokens"/>.
    /// </summary>
    public long CacheWriteTokens { get; init; }

    /// <summary>
    /// Tokens of the completion that were spent on reasoning; part of <see cref="CompletionTokens"/>.
    /// </summary>
    public long ReasoningTokens { get; init; }

    /// <summary>Tokens of the prompt by the caller's own count.</summary>
    public long? LocalPromptTokens { get; init; }

    /// <summary>Tokens of the completion by the caller's own count.</summary>
    public long? LocalCompletionTokens { get; init; }

    /// <summary>Both together by the caller's own count; where it is not given, the sum of what is.</summary>
    public long? LocalTotalTokens { get; init; }

    /// <summary>
    /// What it cost in US dollars; where it is not given, it is priced by the price book, and stays unpriced where that
    /// has no price, or where a call was answered whose consumption nobody states.
    /// </summary>
    public decimal? Cost { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan ExecutionTime { get; init; }

    /// <summary>From the start to the first piece of the answer; null where it is not known.</summary>
    public TimeSpan? TimeToFirstToken { get; init; }

    /// <summary>Whether the answer was streamed.</summary>
    public bool Streamed { get; init; }

    /// <summary>The model that the provider says it used.</summary>
    public string? ResponseModel { get; init; }

    /// <summary>The provider's own id of the answer.</summary>
    public string? ResponseId { get; init; }

    /// <summary>How the call ended, where the one who books saw it end.</summary>
    public CallOutcome Outcome { get; init; } = CallOutcome.Booked;

    /// <summary>A short class of the failure.</summary>
    public string? ErrorType { get; init; }

    /// <summary>The calling application.</summary>
    public string? CallerName { get; init; }

    /// <summary>The user.</summary>
    public string? Username { get; init; }

    /// <summary>The project.</summary>
    public string? Project { get; init; }

    /// <summary>The session.</summary>
    public string? Session { get; init; }

    /// <summary>Free labels, comma separated.</summary>
    public string? Tags { get; init; }

    /// <summary>When it started; now, where it is not given.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>
    /// The identity, for a caller who may repeat: the same identity is booked once. A new one, where it is not given.
    /// </summary>
    public Guid? Id { get; init; }

    /// <summary>OpenTelemetry's operation name.</summary>
    public string Operation { get; init; } = "chat";
}
