using Tollgate.Metering.Wire;
using Tollgate.Metering.Wire.Anthropic;
using Tollgate.Metering.Wire.Gemini;
using Tollgate.Metering.Wire.OpenAI;

namespace Tollgate.Metering.Tests.Wire;

/// <summary>
/// One answer of a provider as it stands on the wire, and the reading of it that was computed by hand.
/// </summary>
internal sealed record Payload(
    string Name,
    byte[] Bytes,
    IReadOnlyDictionary<string, string> Fields,
    IReadOnlyList<string> Parts
)
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Wire", "Payloads");

    private static readonly Dictionary<string, Payload> ByName = Directory
        .GetDirectories(Folder)
        .SelectMany(ReadTable)
        .ToDictionary(payload => payload.Name);

    public static IReadOnlyCollection<Payload> All => ByName.Values;

    public static TheoryData<string> Names => [.. ByName.Keys.Order()];

    public static TheoryData<string> Streams =>
        [.. ByName.Values.Where(payload => payload.IsStream).Select(payload => payload.Name).Order()];

    public static TheoryData<string> SseStreams =>
        [.. ByName.Keys.Where(name => name.EndsWith(".sse", StringComparison.Ordinal)).Order()];

    public static TheoryData<string> Bodies =>
        [.. ByName.Values.Where(payload => !payload.IsStream).Select(payload => payload.Name).Order()];

    public bool IsStream => !Name.EndsWith(".json", StringComparison.Ordinal);

    public string Dialect => Name[..Name.IndexOf('/', StringComparison.Ordinal)];

    /// <summary>The expected reading in the words of <see cref="ReadingText"/>.</summary>
    public string Expected =>
        string.Join(
            '\n',
            new[] { "usage", "model", "id", "tier", "error", "complete" }
                .Where(Fields.ContainsKey)
                .Select(name => $"{name}: {Fields[name]}")
                .Concat(Parts.Select(part => $"part: {part}"))
        );

    public static Payload Named(string name) => ByName[name];

    public IUsageMeter NewMeter() =>
        Dialect switch
        {
            "openai-chat" => new ChatCompletionsMeter(),
            "openai-responses" => new ResponsesMeter(),
            "anthropic" => new MessagesMeter(),
            _ => new GenerateContentMeter(),
        };

    public IFrameScanner NewScanner() =>
        Name.EndsWith(".json-array", StringComparison.Ordinal) ? new JsonArrayScanner() : new SseScanner();

    private static IEnumerable<Payload> ReadTable(string folder)
    {
        var table = File.ReadAllText(Path.Combine(folder, "readings.txt"));
        foreach (var entry in table.Split("\n\n").Where(entry => !entry.StartsWith('#')))
        {
            var lines = entry.TrimEnd('\n').Split('\n');
            var fields = lines[1..]
                .Select(line => line.Split(':', 2))
                .Select(pair => (Name: pair[0].Trim(), Value: pair[1].Trim()))
                .ToList();
            yield return new Payload(
                $"{Path.GetFileName(folder)}/{lines[0]}",
                File.ReadAllBytes(Path.Combine(folder, lines[0])),
                fields.Where(field => field.Name != "part").ToDictionary(field => field.Name, field => field.Value),
                [.. fields.Where(field => field.Name == "part").Select(field => field.Value)]
            );
        }
    }
}
