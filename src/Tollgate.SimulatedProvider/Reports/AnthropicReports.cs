using System.Globalization;
using System.Text.Json;
using Tollgate.SimulatedProvider.Billing;
using Tollgate.SimulatedProvider.Requests;

namespace Tollgate.SimulatedProvider.Reports;

/// <summary>A day of Anthropic's reports.</summary>
internal static class AnthropicReports
{
    public static void WriteUsage(
        Utf8JsonWriter json,
        DateOnly day,
        IReadOnlyList<KeyValuePair<BillKey, BillLine>> lines
    )
    {
        BeginBucket(json, day);
        foreach (var model in Models(lines))
        {
            var tokens = model.Aggregate(default(BilledTokens), static (sum, line) => sum + line.Value.Tokens);
            json.WriteStartObject();
            json.WriteNumber("uncached_input_tokens"u8, tokens.InputText);
            json.WriteStartObject("cache_creation"u8);
            json.WriteNumber("ephemeral_1h_input_tokens"u8, tokens.CacheWrite1h);
            json.WriteNumber("ephemeral_5m_input_tokens"u8, tokens.CacheWrite5m);
            json.WriteEndObject();
            json.WriteNumber("cache_read_input_tokens"u8, tokens.CacheRead);
            json.WriteNumber("output_tokens"u8, tokens.Output);
            json.WriteStartObject("server_tool_use"u8);
            json.WriteNumber("web_search_requests"u8, 0);
            json.WriteEndObject();
            json.WriteString("api_key_id"u8, "apikey_simulated"u8);
            json.WriteNull("workspace_id"u8);
            json.WriteString("model"u8, model.Key);
            json.WriteNull("service_tier"u8);
            json.WriteNull("context_window"u8);
            json.WriteEndObject();
        }

        EndBucket(json);
    }

    /// <summary>One line per model: the bill prices whole calls. The amount is in cents, as a decimal string.</summary>
    public static void WriteCosts(
        Utf8JsonWriter json,
        DateOnly day,
        IReadOnlyList<KeyValuePair<BillKey, BillLine>> lines
    )
    {
        BeginBucket(json, day);
        foreach (var model in Models(lines))
        {
            json.WriteStartObject();
            json.WriteString("currency"u8, "USD"u8);
            json.WriteString(
                "amount"u8,
                (model.Sum(static line => line.Value.Cost) * 100).ToString(
                    "0.############################",
                    CultureInfo.InvariantCulture
                )
            );
            json.WriteNull("workspace_id"u8);
            json.WriteString("description"u8, model.Key + " Usage");
            json.WriteString("cost_type"u8, "tokens"u8);
            json.WriteNull("context_window"u8);
            json.WriteString("model"u8, model.Key);
            json.WriteNull("service_tier"u8);
            json.WriteNull("token_type"u8);
            json.WriteEndObject();
        }

        EndBucket(json);
    }

    private static IEnumerable<IGrouping<string, KeyValuePair<BillKey, BillLine>>> Models(
        IReadOnlyList<KeyValuePair<BillKey, BillLine>> lines
    ) =>
        lines
            .Where(static line => line.Key.Api is ProviderApi.AnthropicMessages)
            .GroupBy(static line => line.Key.Model);

    private static void BeginBucket(Utf8JsonWriter json, DateOnly day)
    {
        json.WriteStartObject();
        json.WriteString("starting_at"u8, FormatTime(day));
        json.WriteString("ending_at"u8, FormatTime(day.AddDays(1)));
        json.WriteStartArray("results"u8);
    }

    private static void EndBucket(Utf8JsonWriter json)
    {
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string FormatTime(DateOnly day) =>
        day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + "T00:00:00Z";
}
