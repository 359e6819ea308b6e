using System.Buffers.Text;
using System.Text.Json;
using Tollgate.Metering.Usage;

namespace Tollgate.Metering.Wire;

/// <summary>The base of all dialects' meters: scans the JSON, and stores what every response reports.</summary>
public abstract class JsonUsageMeter : IUsageMeter, IJsonFields
{
    /// <summary>
    /// Marks an impossible count. A usage that contains it is treated as not reported: it is estimated instead.
    /// </summary>
    private protected const long ImpossibleCount = -1;

    private const int MaxNameLength = 512;

    private readonly JsonFieldScanner _scanner;
    private bool _bodyIsValid = true;

    private protected JsonUsageMeter(JsonPaths paths) => _scanner = new JsonFieldScanner(paths, this);

    /// <inheritdoc/>
    public MeterReading Reading =>
        new()
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
            Text = Text,
        };

    /// <inheritdoc/>
    public ReceivedText? Text { get; set; }

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
        if (isFinal)
            IsComplete = _bodyIsValid && ErrorType is null;
    }

    /// <inheritdoc/>
    public virtual void OnStart(int field, JsonTokenType token) { }

    /// <inheritdoc/>
    public virtual void OnEnd(int field, JsonTokenType token) { }

    /// <inheritdoc/>
    public abstract void OnValue(int field, ref Utf8JsonReader reader);

    private protected bool TryReadJson(ReadOnlySpan<byte> data) => _scanner.TryReadWhole(data);

    /// <summary>
    /// Counts the bytes of generated text, and captures it if requested. The escaped length is accurate enough: it only
    /// serves an estimate.
    /// </summary>
    private protected void CountOutput(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
            return;
        OutputBytes += reader.ValueSpan.Length + _scanner.SkippedBytes;
        Text?.Add(ref reader, _scanner.SkippedBytes);
    }

    /// <summary>
    /// Reads the current string, or returns <paramref name="known"/> itself if equal: a stream repeats it in every
    /// chunk.
    /// </summary>
    private protected static string? ReadName(ref Utf8JsonReader reader, string? known) =>
        !IsName(ref reader) || (known is not null && reader.ValueTextEquals(known))
            ? known
            : NamePool.Intern(ref reader);

    /// <summary>
    /// Reads the response's id, the first that is not empty: Azure starts its streams with a chunk that has an empty
    /// one.
    /// </summary>
    private protected void ReadId(ref Utf8JsonReader reader)
    {
        if (string.IsNullOrEmpty(ResponseId) && IsName(ref reader))
            ResponseId = reader.GetString();
    }

    /// <summary>
    /// Reads a token count; null if the provider reports none, <see cref="ImpossibleCount"/> if it reports an
    /// impossible one.
    /// </summary>
    private protected static long? ReadCount(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return null;
            case JsonTokenType.Number
                when reader.TryGetDecimal(out var count) && count is >= 0 and <= TokenUsage.MaxCount:
                return (long)decimal.Ceiling(count);
            case JsonTokenType.String
                when Utf8Parser.TryParse(reader.ValueSpan, out long count, out var read)
                    && read == reader.ValueSpan.Length
                    && count is >= 0 and <= TokenUsage.MaxCount:
                return count;
            default:
                return ImpossibleCount;
        }
    }

    private static bool IsName(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String && reader.ValueSpan.Length is > 0 and <= MaxNameLength;
}
