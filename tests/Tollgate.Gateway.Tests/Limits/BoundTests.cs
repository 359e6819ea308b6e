using System.Buffers;
using System.Globalization;
using System.Text;
using Tollgate.Gateway.Recording;
using Tollgate.Metering.Pricing;
using Tollgate.Metering.Usage;

namespace Tollgate.Gateway.Tests.Limits;

/// <summary>The bounds by which calls are reserved, against what providers really billed.</summary>
public sealed class BoundTests
{
    private static readonly string Payloads = Path.Combine(AppContext.BaseDirectory, "Payloads");

    public static TheoryData<string> Billed => [.. Readings().Select(static reading => reading.Name)];

    /// <summary>
    /// The shortest request that could have been billed so: a byte of text for each token beyond what providers add of
    /// their own, and the names of what was used beside text.
    /// </summary>
    [Theory]
    [MemberData(nameof(Billed))]
    public void Billed_usage_is_within_the_bound_of_the_shortest_request_for_it(string name)
    {
        var reading = Readings().Single(reading => reading.Name == name);
        var card = CardOf(reading);
        var tier = reading.Tier;

        var input = InputUpperBound.FromBody(
            new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(ShortestRequest(reading))),
            card?.MaxInputTokens
        );

        reading.Usage.InputTokens.ShouldBeLessThanOrEqualTo(input.Tokens);
        reading.Usage[UsageKind.ToolUse].ShouldBeLessThanOrEqualTo(input.ToolUses);
        if (CostCalculator.Price(card, reading.Usage, tier).Total is not { } cost)
            return;
        var bound = new TokenUsage
        {
            [UsageKind.InputText] = input.Tokens,
            [UsageKind.OutputText] = reading.Usage.OutputTokens,
            [UsageKind.ToolUse] = input.ToolUses,
            [UsageKind.Request] = 1,
        };
        cost.Usd.ShouldBeLessThanOrEqualTo(
            CostUpperBound.Calculate(card, bound, input.Kinds, tier).ShouldNotBeNull().Usd
        );
    }

    [Fact]
    public void Most_of_the_payloads_have_a_price_to_compare()
    {
        var readings = Readings().ToList();

        readings.Count.ShouldBeGreaterThan(60);
        readings
            .Count(reading => CostCalculator.Price(CardOf(reading), reading.Usage, reading.Tier).Total is not null)
            .ShouldBeGreaterThan(30);
    }

    [Theory]
    [InlineData("""{"messages":[{"role":"user","content":"hello"}]}""", InputKinds.Text, false)]
    [InlineData(
        """{"messages":[{"role":"user","content":"tell me of the \"file_id\" of a document"}]}""",
        InputKinds.Text,
        false
    )]
    [InlineData(
        """{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://x/y.png"}}]}]}""",
        InputKinds.Media,
        false
    )]
    [InlineData("""{"input":"x","previous_response_id":"resp_1"}""", InputKinds.Media, true)]
    [InlineData("""{"contents":[{"parts":[{"fileData":{"fileUri":"gs://b/o"}}]}]}""", InputKinds.Media, true)]
    [InlineData(
        """{"messages":[{"content":[{"type":"doc\u0075ment"}]}]}""",
        InputKinds.Media | InputKinds.CacheWrites,
        true
    )]
    [InlineData(
        """{"system":[{"type":"text","text":"x","cache_control":{"type":"ephemeral"}}]}""",
        InputKinds.CacheWrites,
        false
    )]
    public void Content_elsewhere_or_unseen_fills_the_models_context(string body, InputKinds kinds, bool fillsContext)
    {
        var bound = InputUpperBound.FromBody(new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(body)), 128_000);

        bound.Kinds.ShouldBe(kinds);
        (bound.Tokens == 128_000).ShouldBe(fillsContext);
    }

    [Fact]
    public void A_name_is_found_across_the_segments_of_a_large_body()
    {
        var text = Encoding.UTF8.GetBytes("""{"a":"b","file_id":"c"}""");
        for (var cut = 1; cut < text.Length; cut++)
        {
            var first = new Segment(text.AsMemory(0, cut));
            var body = new ReadOnlySequence<byte>(first, 0, first.Append(text.AsMemory(cut)), text.Length - cut);
            InputUpperBound.FromBody(body, 128_000).Tokens.ShouldBe(128_000);
        }
    }

    private static string ShortestRequest(Reading reading)
    {
        var usage = reading.Usage;
        var used = new StringBuilder();
        var calledTools =
            reading.Name.Contains("tool", StringComparison.Ordinal)
            || reading.Name.Contains("function", StringComparison.Ordinal);
        if (usage[UsageKind.ToolUse] > 0 || SearchesOrIterates(reading.Name))
            used.Append("\"web_search\":1,");
        if (calledTools)
            used.Append("\"tools\":[],");
        if (usage[UsageKind.InputAudio] + usage[UsageKind.CacheReadAudio] > 0)
            used.Append("\"input_audio\":1,");
        if (usage[UsageKind.InputImage] > 0)
            used.Append("\"inlineData\":1,");
        if (usage[UsageKind.CacheWrite5m] + usage[UsageKind.CacheWrite1h] > 0)
            used.Append("\"cache_control\":1,");
        var ownText = Math.Max(
            0,
            usage.InputTokens - usage[UsageKind.InputAudio] - usage[UsageKind.InputImage] - (calledTools ? 560 : 16)
        );
        return $$"""{{{used}}"content":"{{new string('x', (int)ownText)}}"}""";
    }

    /// <summary>Where the provider itself searched, opened pages, or asked models again within one call.</summary>
    private static bool SearchesOrIterates(string name) =>
        new[] { "search", "grounding", "tool-usage", "advisor", "compaction", "fallback", "tool-use-prompt" }.Any(
            part => name.Contains(part, StringComparison.Ordinal)
        );

    private static RateCard? CardOf(Reading reading)
    {
        var at = new DateTimeOffset(2026, 7, 15, 0, 0, 0, TimeSpan.Zero);
        return reading.Model is null
            ? null
            : new[] { "openai", "anthropic", "gemini", "xai", "deepseek" }
                .Select(provider => BuiltInPrices.Book.Find(provider, reading.Model, at))
                .FirstOrDefault(static card => card is not null);
    }

    private static IEnumerable<Reading> Readings() =>
        from file in System.IO.Directory.EnumerateFiles(Payloads, "readings.txt", SearchOption.AllDirectories).Order()
        from entry in File.ReadAllText(file).Split("\n\n").Where(static entry => !entry.StartsWith('#'))
        let lines = entry.TrimEnd('\n').Split('\n')
        let fields = lines[1..]
            .Select(static line => line.Split(':', 2))
            .Where(static pair => pair[0].Trim() != "part")
            .ToDictionary(static pair => pair[0].Trim(), static pair => pair[1].Trim())
        where fields.TryGetValue("usage", out var usage) && usage.Contains("Request=1", StringComparison.Ordinal)
        select new Reading(
            $"{Path.GetFileName(Path.GetDirectoryName(file))}/{lines[0]}",
            UsageOf(fields["usage"]),
            fields.GetValueOrDefault("model"),
            Enum.Parse<ServiceTier>(fields.GetValueOrDefault("tier", "Standard"))
        );

    private static TokenUsage UsageOf(string text)
    {
        var usage = default(TokenUsage);
        foreach (var part in text.Split(' '))
        {
            var pair = part.Split('=');
            usage[Enum.Parse<UsageKind>(pair[0])] = long.Parse(pair[1], CultureInfo.InvariantCulture);
        }

        return usage;
    }

    private sealed record Reading(string Name, TokenUsage Usage, string? Model, ServiceTier Tier);

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory) => Memory = memory;

        public Segment Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Segment(memory) { RunningIndex = RunningIndex + Memory.Length };
            Next = next;
            return next;
        }
    }
}
