using System.Text.Json;
using Tollgate.SimulatedProvider.Billing;
using Tollgate.SimulatedProvider.Requests;

namespace Tollgate.SimulatedProvider.Reports;

/// <summary>A day of OpenAI's reports.</summary>
internal static class OpenAIReports
{
    public static void WriteCompletions(
        Utf8JsonWriter json,
        DateOnly day,
        IReadOnlyList<KeyValuePair<BillKey, BillLine>> lines
    ) =>
        WriteUsage(
            json,
            day,
            "organization.usage.completions.result",
            lines.Where(static line => line.Key.Api <= ProviderApi.OpenAIResponses)
        );

    public static void WriteEmbeddings(
        Utf8JsonWriter json,
        DateOnly day,
        IReadOnlyList<KeyValuePair<BillKey, BillLine>> lines
    ) =>
        WriteUsage(
            json,
            day,
            "organization.usage.embeddings.result",
            lines.Where(static line => line.Key.Api is ProviderApi.OpenAIEmbeddings)
        );

    /// <summary>A kind of usage that is never billed here.</summary>
    public static void WriteEmpty(
        Utf8JsonWriter json,
        DateOnly day,
        IReadOnlyList<KeyValuePair<BillKey, BillLine>> lines
    ) => WriteUsage(json, day, "", []);

    /// <summary>One line item per model: the bill prices whole calls.</summary>
    public static void WriteCosts(
        Utf8JsonWriter json,
        DateOnly day,
        IReadOnlyList<KeyValuePair<BillKey, BillLine>> lines
    )
    {
        BeginBucket(json, day);
        foreach (
            var model in lines
                .Where(static line => line.Key.Api <= ProviderApi.OpenAIEmbeddings)
                .GroupBy(static line => line.Key.Model)
        )
        {
            json.WriteStartObject();
            json.WriteString("object"u8, "organization.costs.result"u8);
            json.WriteStartObject("amount"u8);
            json.WriteNumber("value"u8, model.Sum(static line => line.Value.Cost));
            json.WriteString("currency"u8, "usd"u8);
            json.WriteEndObject();
            json.WriteString("line_item"u8, model.Key + ", input and output");
            json.WriteString("project_id"u8, "proj_simulated"u8);
            json.WriteEndObject();
        }

        EndBucket(json);
    }

    private static void WriteUsage(
        Utf8JsonWriter json,
        DateOnly day,
        string kind,
        IEnumerable<KeyValuePair<BillKey, BillLine>> lines
    )
    {
        BeginBucket(json, day);
        foreach (var model in lines.GroupBy(static line => line.Key.Model))
        {
            var tokens = model.Aggregate(default(BilledTokens), static (sum, line) => sum + line.Value.Tokens);
            json.WriteStartObject();
            json.WriteString("object"u8, kind);
            // Text, cached included; audio is separate.
            json.WriteNumber("input_tokens"u8, tokens.Input - tokens.InputAudio);
            json.WriteNumber("input_cached_tokens"u8, tokens.CacheRead);
            json.WriteNumber("input_audio_tokens"u8, tokens.InputAudio);
            json.WriteNumber("output_tokens"u8, tokens.Output - tokens.OutputAudio);
            json.WriteNumber("output_audio_tokens"u8, tokens.OutputAudio);
            json.WriteNumber("num_model_requests"u8, model.Sum(static line => line.Value.Calls));
            json.WriteString("project_id"u8, "proj_simulated"u8);
            json.WriteNull("user_id"u8);
            json.WriteString("api_key_id"u8, "key_simulated"u8);
            json.WriteString("model"u8, model.Key);
            json.WriteNull("batch"u8);
            json.WriteEndObject();
        }

        EndBucket(json);
    }

    private static void BeginBucket(Utf8JsonWriter json, DateOnly day)
    {
        var start = new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero);
        json.WriteStartObject();
        json.WriteString("object"u8, "bucket"u8);
        json.WriteNumber("start_time"u8, start.ToUnixTimeSeconds());
        json.WriteNumber("end_time"u8, start.AddDays(1).ToUnixTimeSeconds());
        json.WriteStartArray("results"u8);
    }

    private static void EndBucket(Utf8JsonWriter json)
    {
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
