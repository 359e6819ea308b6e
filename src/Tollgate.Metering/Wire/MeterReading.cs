using Tollgate.Metering.Usage;

namespace Tollgate.Metering.Wire;

/// <summary>A meter's reading of a response, or of the part of it that has arrived.</summary>
public readonly record struct MeterReading
{
    /// <summary>The disjoint counts; meaningful if <see cref="HasUsage"/>.</summary>
    public TokenUsage Usage { get; init; }

    /// <summary>True if the provider reported its usage. An explicit zero is a report.</summary>
    public bool HasUsage { get; init; }

    /// <summary>
    /// True if the response was complete: its terminal event was seen, or its plain body was valid to the end.
    /// </summary>
    public bool IsComplete { get; init; }

    /// <summary>The model that the provider reports.</summary>
    public string? ResponseModel { get; init; }

    /// <summary>The provider's id of the response.</summary>
    public string? ResponseId { get; init; }

    /// <summary>The service tier that the provider reports as billed; null if it reports none.</summary>
    public ServiceTier? ServiceTier { get; init; }

    /// <summary>The type of the error in the response; null if there is none.</summary>
    public string? ErrorType { get; init; }

    /// <summary>Bytes of generated text received, used to estimate a response without reported usage.</summary>
    public long OutputBytes { get; init; }

    /// <summary>The generated text, if captured; count it before it is disposed.</summary>
    public ReceivedText? Text { get; init; }

    /// <summary>
    /// If the provider splits the bill over several models (Anthropic's <c>usage.iterations</c>), the part of each;
    /// null if there is one model. The parts sum up to <see cref="Usage"/>.
    /// </summary>
    public IReadOnlyList<UsagePart>? Parts { get; init; }
}

/// <summary>The part of a call's usage that one model is billed for; null is the call's own model.</summary>
public readonly record struct UsagePart(string? Model, TokenUsage Usage);
