using System.Text.Json;
using Tollgate.Metering.Usage;

namespace Tollgate.Operations.Collectors.OpenAI;

/// <summary><c>GET /v1/organization/usage/{kind}</c>, by day, model, key and project.</summary>
/// <param name="kind">For example <c>completions</c>, which covers all model responses, or <c>embeddings</c>.</param>
internal sealed class OpenAIUsageReport(string kind) : IReport
{
    /// <summary>
    /// The reports with usage by model. Vector stores and code sessions do not belong to a model and appear in the
    /// costs.
    /// </summary>
    public static readonly string[] Kinds =
    [
        "completions",
        "embeddings",
        "moderations",
        "images",
        "audio_speeches",
        "audio_transcriptions",
    ];

    public string Name => kind;

    public int MaxDaysPerRequest => 366;

    public string Address(DateOnly from, DateOnly to, string? page) =>
        $"v1/organization/usage/{kind}?{OpenAIPages.Query(from, to, page)}"
        + "&group_by=model&group_by=api_key_id&group_by=project_id";

    public ReportPage Read(JsonElement page) => OpenAIPages.Read(page);

    public IEnumerable<ReportedUsage> Lines(DateOnly day, JsonElement result)
    {
        var usage = ParseUsage(result);
        var requests = result.CountOrNull("num_model_requests");
        if (usage.IsZero && requests is null or 0)
            yield break;
        yield return new ReportedUsage(day, "openai", result.Text("model") ?? kind)
        {
            Key = result.Text("api_key_id"),
            Project = result.Text("project_id"),
            Usage = usage,
            Requests = requests,
        };
    }

    private static TokenUsage ParseUsage(JsonElement result) =>
        result.Field("input_text_tokens") is null ? ParseSums(result) : ParseParts(result);

    /// <summary>The current form: the sums include everything, and their parts are disjoint.</summary>
    private static TokenUsage ParseParts(JsonElement result)
    {
        var (cached, cachedAudio) = (result.Count("input_cached_tokens"), result.Count("input_cached_audio_tokens"));
        if (cachedAudio > cached)
            throw new FormatException(
                $"'input_cached_audio_tokens' is {cachedAudio}, more than the {cached} of 'input_cached_tokens', which "
                    + "include them"
            );
        return new TokenUsage
        {
            [UsageKind.InputText] = result.Count("input_text_tokens"),
            [UsageKind.InputAudio] = result.Count("input_audio_tokens"),
            [UsageKind.InputImage] = result.Count("input_image_tokens"),
            [UsageKind.CacheRead] = cached - cachedAudio,
            [UsageKind.CacheReadAudio] = cachedAudio,
            [UsageKind.CacheWrite5m] = result.Count("input_cache_write_tokens"),
            [UsageKind.OutputText] = result.Count("output_text_tokens"),
            [UsageKind.OutputAudio] = result.Count("output_audio_tokens"),
            [UsageKind.OutputImage] = result.Count("output_image_tokens"),
        };
    }

    /// <summary>
    /// The form without parts: input tokens are text tokens and include cached ones; audio is reported separately.
    /// </summary>
    private static TokenUsage ParseSums(JsonElement result)
    {
        var (input, cached) = (result.Count("input_tokens"), result.Count("input_cached_tokens"));
        if (cached > input)
            throw new FormatException(
                $"'input_cached_tokens' is {cached}, more than the {input} of 'input_tokens', which include them"
            );
        return new TokenUsage
        {
            [UsageKind.InputText] = input - cached,
            [UsageKind.CacheRead] = cached,
            [UsageKind.InputAudio] = result.Count("input_audio_tokens"),
            [UsageKind.OutputText] = result.Count("output_tokens"),
            [UsageKind.OutputAudio] = result.Count("output_audio_tokens"),
            [UsageKind.Character] = result.Count("characters"),
            [UsageKind.Second] = result.Count("seconds"),
        };
    }
}
