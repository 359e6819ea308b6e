using System.Text.Json.Nodes;
using Tollgate.SimulatedProvider.Billing;
using Tollgate.SimulatedProvider.Requests;
using Tollgate.SimulatedProvider.Scripting;

namespace Tollgate.SimulatedProvider.Answers;

/// <summary>The complete content of a response, decided before its first byte is written.</summary>
internal sealed class SimulatedResponse
{
    private const int MaxDefaultChunks = 64;
    private readonly int _words;
    private readonly string? _arguments;

    public SimulatedResponse(ProviderRoute route, RequestFacts facts, CallScript script, BilledTokens tokens)
    {
        (Route, Facts, Script, Tokens) = (route, facts, script, tokens);
        Model = script.Model ?? facts.Model!;
        Choices = route.Api.HasChoices() ? (int)(script.N ?? facts.Choices) : 1;
        _words = (int)Math.Min(tokens.VisibleOutput / Choices, SampleText.MaxWords);
        if (script.Tool is not null)
            _arguments = ToolArguments();
        Chunks = (int)(script.Chunks ?? Math.Clamp(_words, 1, MaxDefaultChunks));

        // Gemini never sends a function call in chunks.
        if (IsToolCall && route.Family is ProviderFamily.Gemini)
            Chunks = 1;
    }

    public ProviderRoute Route { get; }
    public RequestFacts Facts { get; }
    public CallScript Script { get; }
    public BilledTokens Tokens { get; }
    public string Model { get; }
    public int Choices { get; }

    /// <summary>The number of deltas of each choice.</summary>
    public int Chunks { get; }

    /// <summary>The number of deltas of all choices, which alternate.</summary>
    public int DeltaCount => Chunks * Choices;

    public required ResponseId Id { get; init; }
    public required DateTimeOffset Created { get; init; }

    public bool IsToolCall => Script.Tool is not null;

    /// <summary>The text, refusal or tool arguments of one choice.</summary>
    public string Content => Chunks == 1 ? GetChunk(0) : string.Concat(Enumerable.Range(0, Chunks).Select(GetChunk));

    /// <summary>Why generation ended, in OpenAI's terms.</summary>
    public string Finish =>
        Script.Finish
        ?? (
            Script.Incomplete ? "length"
            : IsToolCall ? "tool_calls"
            : "stop"
        );

    /// <summary>The chunk of a choice's content with the given <paramref name="index"/>.</summary>
    public string GetChunk(int index)
    {
        if (_arguments is not null)
            return _arguments[GetChunkStart(index, _arguments.Length)..GetChunkStart(index + 1, _arguments.Length)];
        var words = SampleText.GetWords(GetChunkStart(index, _words), GetChunkStart(index + 1, _words));
        var filler = GetChunkStart(index + 1, (int)Script.Size) - GetChunkStart(index, (int)Script.Size);
        return filler == 0 ? words : words + new string('.', filler);
    }

    /// <summary>The start of a chunk within a text of this length.</summary>
    private int GetChunkStart(int index, int length) => (int)((long)length * index / Chunks);

    private string ToolArguments()
    {
        var note = SampleText.GetWords(0, _words) + new string('.', (int)Script.Size);
        return new JsonObject { ["location"] = "Paris", ["note"] = note }.ToJsonString();
    }
}
