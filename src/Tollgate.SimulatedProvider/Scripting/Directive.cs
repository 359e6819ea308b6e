using System.Collections.Frozen;
using System.Globalization;

namespace Tollgate.SimulatedProvider.Scripting;

/// <summary>One key of a script, and the value it sets. <c>Apply</c> returns false for an invalid value.</summary>
internal sealed record Directive(string Name, Func<CallScript, string, bool> Apply)
{
    private const long MaxTokens = 1_000_000_000;

    private static readonly Directive[] Declared =
    [
        new("id", (s, v) => (s.Id = v) is not ""),
        new("model", (s, v) => (s.Model = v) is not ""),
        // Parts are included in their total in every dialect; the writers translate to each provider's own terms.
        Count("input", 0, MaxTokens, (s, v) => s.Input = v),
        Count("cached", 0, MaxTokens, (s, v) => s.Cached = v),
        Count("cache5m", 0, MaxTokens, (s, v) => s.Cache5m = v),
        Count("cache1h", 0, MaxTokens, (s, v) => s.Cache1h = v),
        Count("audio_in", 0, MaxTokens, (s, v) => s.AudioIn = v),
        Count("image_in", 0, MaxTokens, (s, v) => s.ImageIn = v),
        Count("output", 0, MaxTokens, (s, v) => s.Output = v),
        Count("reasoning", 0, MaxTokens, (s, v) => s.Reasoning = v),
        Count("audio_out", 0, MaxTokens, (s, v) => s.AudioOut = v),
        Count("image_out", 0, MaxTokens, (s, v) => s.ImageOut = v),
        Duration("latency", (s, v) => s.Latency = v),
        Duration("ttft", (s, v) => s.Ttft = v),
        Count("rate", 0, MaxTokens, (s, v) => s.Rate = v),
        Duration("trickle", (s, v) => s.Trickle = v),
        Count("trickle_bytes", 1, 1_000_000, (s, v) => s.TrickleBytes = v),
        Duration("hang", (s, v) => s.Hang = v),
        Count("error", 400, 599, (s, v) => s.Error = v),
        Count("retry_after", 0, 86_400, (s, v) => s.RetryAfter = v),
        Count("fail_times", 0, 1_000_000, (s, v) => s.FailTimes = v),
        Count("cut", 0, 1_000_000, (s, v) => s.Cut = v),
        Flag("midstream_error", (s, v) => s.MidstreamError = v),
        Count(
            "html",
            0,
            599,
            (s, v) =>
                s.Html = v switch
                {
                    0 => null,
                    1 => 502,
                    _ => v,
                }
        ),
        Count("chunks", 1, 100_000, (s, v) => s.Chunks = v),
        Count("n", 1, 128, (s, v) => s.N = v),
        OneOf("finish", ["stop", "length", "content_filter", "tool_calls"], (s, v) => s.Finish = v),
        new("tool", (s, v) => (s.Tool = v) is not ""),
        Flag("refusal", (s, v) => s.Refusal = v),
        Flag("incomplete", (s, v) => s.Incomplete = v),
        OneOf("encoding", ["gzip", "br", "deflate"], (s, v) => s.Encoding = v),
        Count("size", 0, 1_000_000_000, (s, v) => s.Size = v),
    ];

    /// <summary>All directives by name.</summary>
    public static FrozenDictionary<string, Directive> All { get; } = Declared.ToFrozenDictionary(d => d.Name);

    private static Directive Count(string name, long min, long max, Action<CallScript, long> set) =>
        new(
            name,
            (script, text) =>
            {
                if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value))
                    return false;
                if (value < min || value > max)
                    return false;
                set(script, value);
                return true;
            }
        );

    private static Directive Duration(string name, Action<CallScript, TimeSpan> set) =>
        new(
            name,
            (script, text) =>
            {
                if (!ScriptDuration.TryParse(text, out var value))
                    return false;
                set(script, value);
                return true;
            }
        );

    private static Directive Flag(string name, Action<CallScript, bool> set) =>
        Count(name, 0, 1, (script, value) => set(script, value == 1));

    private static Directive OneOf(string name, string[] allowed, Action<CallScript, string> set) =>
        new(
            name,
            (script, text) =>
            {
                if (!allowed.Contains(text))
                    return false;
                set(script, text);
                return true;
            }
        );
}
