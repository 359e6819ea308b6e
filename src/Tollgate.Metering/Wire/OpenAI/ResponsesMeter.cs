using System.Text.Json;
using Tollgate.Metering.Usage;

namespace Tollgate.Metering.Wire.OpenAI;

/// <summary>
/// Meters <c>/v1/responses</c>. A stream reports its usage in the response object of its terminal event, which is
/// <c>response.completed</c>, <c>response.incomplete</c> or <c>response.failed</c>.
/// </summary>
public sealed class ResponsesMeter : JsonUsageMeter
{
    private static readonly JsonPaths Paths = new([
        ("type", (int)Field.Type),
        ("delta", (int)Field.Delta),
        // Only for a plain body: a stream has already sent the text in its deltas.
        ("output.content.text", (int)Field.Text),
        ("output.content.refusal", (int)Field.Text),
        ("output.arguments", (int)Field.Text),
        ("code", (int)Field.ErrorCode),
        .. ResponseAt(""),
        .. ResponseAt("response."),
    ]);

    private OpenAIUsage _usage;
    private OpenAIUsage _nextUsage;
    private FrameRole _role;
    private bool _isErrorEvent;
    private long _webSearches;
    private bool _isWebCall;
    private bool _isSearch;

    /// <summary>Creates a meter for one response.</summary>
    public ResponsesMeter()
        : base(Paths) { }

    private enum Field
    {
        Type,
        Delta,
        ErrorCode,
        Id,
        Model,
        ServiceTier,
        Output,
        OutputType,
        ActionType,
        Text,
        Error,
        ErrorType,
        Usage,
    }

    private protected override bool HasUsage => _usage.IsReported;

    private protected override TokenUsage Usage
    {
        get
        {
            var usage = _usage.ToUsage();
            usage[UsageKind.ToolUse] = _webSearches;
            return usage;
        }
    }

    /// <inheritdoc/>
    public override FrameRole ReadFrame(ReadOnlySpan<byte> eventName, ReadOnlySpan<byte> data)
    {
        _role = FrameRole.Content;
        _isErrorEvent = false;
        var isWhole = data.IsEmpty || data.SequenceEqual("[DONE]"u8) || TryReadJson(data);
        if (_isErrorEvent)
            ErrorType ??= "error";
        if (!isWhole || _role != FrameRole.Terminal)
            return FrameRole.Content;
        IsComplete = ErrorType is null;
        return FrameRole.Terminal;
    }

    /// <inheritdoc/>
    public override void OnStart(int field, JsonTokenType token)
    {
        switch ((Field)field)
        {
            case Field.Usage when token == JsonTokenType.StartObject:
                _nextUsage = default;
                break;
            case Field.Output when token == JsonTokenType.StartArray:
                // Each response object lists all of its output: count the searches of the latest list only.
                _webSearches = 0;
                break;
            case Field.Output when token == JsonTokenType.StartObject:
                _isWebCall = false;
                _isSearch = true;
                break;
            case Field.Error when token == JsonTokenType.StartObject:
                ErrorType ??= "error";
                break;
        }
    }

    /// <inheritdoc/>
    public override void OnEnd(int field, JsonTokenType token)
    {
        // Opening a page that a search found, and searching for words in it, is not billed.
        if (field == (int)Field.Output && token == JsonTokenType.EndObject && _isWebCall && _isSearch)
            _webSearches++;
        if (field == (int)Field.Usage && token == JsonTokenType.EndObject && _nextUsage.IsReported)
            _usage = _nextUsage;
    }

    /// <inheritdoc/>
    public override void OnValue(int field, ref Utf8JsonReader reader)
    {
        switch ((Field)field)
        {
            case Field.Type:
                ReadEventType(ref reader);
                break;
            case Field.Id:
                ReadId(ref reader);
                break;
            case Field.Model:
                ResponseModel = ReadName(ref reader, ResponseModel);
                break;
            case Field.ServiceTier:
                ServiceTier = OpenAIUsage.ReadTier(ref reader) ?? ServiceTier;
                break;
            case Field.Delta or Field.Text:
                CountOutput(ref reader);
                break;
            case Field.OutputType:
                _isWebCall = reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("web_search_call"u8);
                break;
            case Field.ActionType:
                _isSearch = reader.TokenType != JsonTokenType.String || reader.ValueTextEquals("search"u8);
                break;
            case Field.Error when reader.TokenType == JsonTokenType.String:
                ErrorType ??= "error";
                break;
            case Field.ErrorCode when _isErrorEvent:
            case Field.ErrorType:
                ErrorType = ReadName(ref reader, ErrorType);
                break;
            case >= (Field)OpenAIUsage.Field.Input:
                _nextUsage.Set((OpenAIUsage.Field)field, ReadCount(ref reader));
                break;
        }
    }

    private void ReadEventType(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
            return;
        if (reader.ValueTextEquals("error"u8))
            _isErrorEvent = true;
        if (reader.ValueTextEquals("response.completed"u8) || reader.ValueTextEquals("response.incomplete"u8))
        {
            _role = FrameRole.Terminal;
        }
        else if (reader.ValueTextEquals("response.failed"u8))
        {
            _role = FrameRole.Terminal;
            ErrorType ??= "response.failed";
        }
    }

    private static IEnumerable<(string, int)> ResponseAt(string prefix) =>
        [
            (prefix + "id", (int)Field.Id),
            (prefix + "model", (int)Field.Model),
            (prefix + "service_tier", (int)Field.ServiceTier),
            (prefix + "output", (int)Field.Output),
            (prefix + "output.type", (int)Field.OutputType),
            (prefix + "output.action.type", (int)Field.ActionType),
            (prefix + "error", (int)Field.Error),
            (prefix + "error.code", (int)Field.ErrorType),
            (prefix + "error.type", (int)Field.ErrorType),
            (prefix + "usage", (int)Field.Usage),
            .. OpenAIUsage.PathsAt(prefix + "usage"),
        ];
}
