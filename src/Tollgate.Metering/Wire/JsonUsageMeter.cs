using System.Text.Json;
using Tollgate.Metering.Usage;

namespace Tollgate.Metering.Wire;

/// <summary>What the meters of all dialects share: walking the JSON, and keeping what every answer states.</summary>
public abstract class JsonUsageMeter : IUsageMeter, IJsonFields
{
    private readonly JsonFieldScanner _scanner;
    private bool _bodyIsValid = true;

    private protected JsonUsageMeter(JsonPaths paths) => _scanner = new JsonFieldScanner(paths, this);

    /// <inheritdoc/>
    public UsageReading Reading => new()
    {
        Usage = HasUsage ? Usage : default,
        HasUsage = HasUsage,
        IsComplete = IsComplete,
        ResponseModel = ResponseModel,
        ResponseId = ResponseId,
        ServiceTier = ServiceTier,
        ErrorType = ErrorType,
        OutputBytes = OutputBytes,
        Parts = Parts,
    };

    private protected abstract bool HasUsage { get; }

    private protected abstract TokenUsage Usage { get; }

    private protected virtual IReadOnlyList<UsagePart>? Parts => null;

    private protected bool IsComplete { get; set; }

    private protected string? ResponseModel { get; set; }

    private protected string? ResponseId { get; set; }

    private protected ServiceTier? ServiceTier { get; set; }

    private protected string? ErrorType { get; set; }

    private protected long OutputBytes { get; set; }

    /// <inheritdoc/>
    public abstract FrameRole ReadFrame(ReadOnlySpan<byte> eventName, ReadOnlySpan<byte> data);

    /// <inheritdoc/>
    public void ReadBody(ReadOnlySpan<byte> piece, bool isFinal)
    {
        _bodyIsValid = _bodyIsValid && _scanner.TryReadPiece(piece, isFinal);
        if (isFinal) IsComplete = _bodyIsValid && ErrorType is null;
    }

    /// <inheritdoc/>
    public virtual void OnStart(int field, JsonTokenType token)
    {
    }

    /// <inheritdoc/>
    public virtual void OnEnd(int field, JsonTokenType token)
    {
    }

    /// <inheritdoc/>
    public abstract void OnValue(int field, ref Utf8JsonReader reader);

    private protected bool TryReadJson(ReadOnlySpan<byte> data) => _scanner.TryReadWhole(data);

    /// <summary>Counts generated text. The escaped length is near enough: it only serves an estimate.</summary>
    private protected void CountOutput(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String) OutputBytes += reader.ValueSpan.Length;
    }

    /// <summary>The string at hand, or <paramref name="known"/> itself where it is the same: a stream repeats it in every chunk.</summary>
    private protected static string? ReadName(ref Utf8JsonReader reader, string? known) =>
        reader.TokenType != JsonTokenType.String || (known is not null && reader.ValueTextEquals(known)) ? known : NamePool.Get(ref reader);

    /// <summary>A token count, or null where the provider states none or something that cannot be one.</summary>
    private protected static long? ReadCount(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetDecimal(out var count) && count is >= 0 and <= TokenUsage.MaxCount
            ? (long)decimal.Ceiling(count)
            : null;
}
