using System.Globalization;
using System.Text.Json;
using Tollgate.Metering.Usage;

namespace Tollgate.Api.Tests.OneNumber.Reports;

/// <summary>OpenAI's reports: ranges of whole seconds, with buckets in UTC.</summary>
internal static class OpenAIReports
{
    /// <summary>Each page has at most 31 days.</summary>
    private const int MaxUsageDays = 130;

    private static readonly Dictionary<string, string> CostFields = new(StringComparer.Ordinal)
    {
        ["project"] = "project_ids",
        ["key"] = "api_key_ids",
    };

    private static readonly Dictionary<string, string> UsageFields = new(CostFields, StringComparer.Ordinal)
    {
        ["user"] = "user_ids",
        ["model"] = "models",
    };

    private static readonly string[] CostGroups =
    [
        "",
        "&group_by=line_item",
        "&group_by=project_id&group_by=api_key_id",
    ];

    private static readonly string[] UsageGroups = ["", "&group_by=model", "&group_by=user_id&group_by=project_id"];

    public static async Task CheckAsync(Case check)
    {
        await CheckCostsAsync(check);
        var question = check.Question;
        if (
            question.HasSeconds
            && question.LengthInDays <= MaxUsageDays
            && question.Express(UsageFields, maxValues: 50) is { } filter
        )
            await CheckUsageAsync(check, FormatRange(question) + filter + check.NextOf(UsageGroups));
    }

    /// <summary>Checks the costs alone.</summary>
    public static async Task CheckCostsAsync(Case check)
    {
        if (!check.Question.HasSeconds || check.Question.Express(CostFields, maxValues: 50) is not { } filter)
            return;
        var parameters = FormatRange(check.Question) + filter + check.NextOf(CostGroups);
        var limit = Math.Clamp((int)check.Question.LengthInDays / 3, 2, 180);
        var results = await ReadAsync(check, "costs", $"{parameters}&limit={limit}");
        var cost = results.Sum(static result => result.GetProperty("amount").GetNumber("value"));
        check.Compare("organization/costs", new Figures().Add(Figures.Cost, cost));
    }

    private static async Task CheckUsageAsync(Case check, string parameters)
    {
        var width = check.Question.LengthInDays <= 14 ? "&bucket_width=1h&limit=168" : "&bucket_width=1d&limit=31";
        var completions = await ReadAsync(check, "usage/completions", parameters + width);
        check.Compare(
            "organization/usage/completions",
            completions.Aggregate(ReadCalls(null), static (sum, result) => sum.Add(ReadCompletions(result))),
            Expect(check.Records.Where(static record => record.Operation != "embeddings"))
        );
        var embeddings = await ReadAsync(check, "usage/embeddings", parameters + width);
        check.Compare(
            "organization/usage/embeddings",
            embeddings.Aggregate(ReadCalls(null), static (sum, result) => sum.Add(ReadCalls(result))),
            Reference.Sum(check.Records.Where(static record => record.Operation == "embeddings"))
        );
    }

    private static string FormatRange(Question question) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"?start_time={question.From.ToUnixTimeSeconds()}&end_time={question.To.ToUnixTimeSeconds()}"
        );

    private static async Task<IReadOnlyList<JsonElement>> ReadAsync(Case check, string kind, string parameters)
    {
        var results = new List<JsonElement>();
        var page = "";
        while (true)
        {
            var body = await check.Reader.GetAsync($"/v1/organization/{kind}{parameters}{page}");
            results.AddRange(body.List("data").SelectMany(static bucket => bucket.List("results")));
            if (body.GetProperty("next_page").GetString() is not { } next)
                return results;
            page = "&page=" + next;
        }
    }

    private static Figures ReadCalls(JsonElement? result) =>
        result is { } found
            ? new Figures()
                .Add(Figures.Input, found.GetNumber("input_tokens"))
                .Add(Figures.Calls, found.GetNumber("num_model_requests"))
            : new Figures().Add(Figures.Calls, 0);

    private static Figures ReadCompletions(JsonElement result) =>
        ReadCalls(result)
            .Add(Figures.Output, result.GetNumber("output_tokens"))
            .Add(Figures.Cached, result.GetNumber("input_cached_tokens"))
            .Add("uncached", result.GetNumber("input_uncached_tokens"))
            .Add("cache writes", result.GetNumber("input_cache_write_tokens"))
            .Add("text output", result.GetNumber("output_text_tokens"))
            .Add(Reference.Name(UsageKind.InputText), result.GetNumber("input_text_tokens"))
            .Add(Reference.Name(UsageKind.InputAudio), result.GetNumber("input_audio_tokens"))
            .Add(Reference.Name(UsageKind.InputImage), result.GetNumber("input_image_tokens"))
            .Add(Reference.Name(UsageKind.CacheRead), result.GetNumber("input_cached_text_tokens"))
            .Add(Reference.Name(UsageKind.CacheReadAudio), result.GetNumber("input_cached_audio_tokens"))
            .Add(Reference.Name(UsageKind.OutputAudio), result.GetNumber("output_audio_tokens"))
            .Add(Reference.Name(UsageKind.OutputImage), result.GetNumber("output_image_tokens"));

    /// <summary>OpenAI's sums of kinds: reasoning is part of the text.</summary>
    private static Figures Expect(IEnumerable<UsageRecord> records)
    {
        var sums = Reference.Sum(records);
        return sums.Add("uncached", Sum(UsageKind.InputText, UsageKind.InputAudio, UsageKind.InputImage))
            .Add("cache writes", Sum(UsageKind.CacheWrite5m, UsageKind.CacheWrite1h))
            .Add("text output", Sum(UsageKind.OutputText, UsageKind.OutputReasoning));

        decimal Sum(params UsageKind[] kinds) => kinds.Sum(kind => sums[Reference.Name(kind)]);
    }
}
