using Tollgate.Metering.Usage;

namespace Tollgate.Metering.Wire;

/// <summary>What a meter has learnt from an answer, or from the part of it that has arrived.</summary>
public readonly record struct UsageReading
{
    /// <summary>The disjoint counts; meaningful where <see cref="HasUsage"/>.</summary>
    public TokenUsage Usage { get; init; }

    /// <summary>Whether the provider stated its usage. An explicit zero is a statement.</summary>
    public bool HasUsage { get; init; }

    /// <summary>
    /// Whether the answer was whole: its terminal event was seen, or its plain body was valid to the end.
    /// </summary>
    public bool IsComplete { get; init; }

    /// <summary>The model that the provider says it used.</summary>
    public string? ResponseModel { get; init; }

    /// <summary>The provider's id of the answer.</summary>
    public string? ResponseId { get; init; }

    /// <summary>The class of service that the provider says it billed; null where it says nothing.</summary>
    public ServiceTier? ServiceTier { get; init; }

    /// <summary>The type of the error that the answer carries; null where it carries none.</summary>
    public string? ErrorType { get; init; }

    /// <summary>Bytes of generated text received, by which an answer without a usage statement is estimated.</summary>
    public long OutputBytes { get; init; }

    /// <summary>The generated text itself, where it was kept; to be counted before it is disposed of.</summary>
    public ReceivedText? Text { get; init; }

    /// <summary>
    /// Where the provider spreads the bill over several models (Anthropic's <c>usage.iterations</c>), the part of
    /// each; null where there is one model. The parts sum up to <see cref="Usage"/>.
    /// </summary>
    public IReadOnlyList<UsagePart>? Parts { get; init; }
}

/// <summary>The part of a call's usage that one model is billed for; null is the call's own model.</summary>
public readonly record struct UsagePart(string? Model, TokenUsage Usage);
