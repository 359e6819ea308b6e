using System.Globalization;
using Microsoft.AspNetCore.Http;
using Tollgate.SimulatedProvider.Billing;
using Tollgate.SimulatedProvider.Requests;
using Tollgate.SimulatedProvider.Serving;

namespace Tollgate.SimulatedProvider.Reports;

/// <summary>
/// The usage and cost reports of OpenAI and Anthropic, from the bill: daily buckets, in pages of <c>limit</c> days.
/// </summary>
internal sealed class ReportEndpoints(Bill bill, CallsInFlight inFlight, TimeProvider time)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(250);

    public async Task HandleAsync(HttpContext context, ProviderFamily family)
    {
        var write = FindWriter(context.Request.Path.Value ?? "");
        if (write is null || context.Request.Method != "GET")
        {
            await ErrorResponse.SendAsync(context, family, 404, "Unknown report.");
            return;
        }

        if (ReportPeriod.FromQuery(context.Request.Query, family, time) is not { } period)
        {
            await ErrorResponse.SendAsync(
                context,
                family,
                400,
                "The report's period, bucket width, limit or page is invalid."
            );
            return;
        }

        if (inFlight.Count > 0)
            await inFlight.WaitUntilNoneAsync(Timeout, context.RequestAborted);
        await JsonResponse.SendAsync(
            context,
            json =>
            {
                json.WriteStartObject();
                if (family is ProviderFamily.OpenAI)
                    json.WriteString("object"u8, "page"u8);
                json.WriteStartArray("data"u8);
                for (var day = period.First; day < period.End; day = day.AddDays(1))
                    write(json, day, bill.GetDay(day));
                json.WriteEndArray();
                json.WriteBoolean("has_more"u8, period.Next is not null);
                json.WriteString(
                    "next_page"u8,
                    period.Next is { } next ? "page_" + next.ToString("yyyyMMdd", CultureInfo.InvariantCulture) : null
                );
                json.WriteEndObject();
            }
        );
    }

    private static BucketWriter? FindWriter(string path)
    {
        if (path.EndsWith("/organization/costs", StringComparison.Ordinal))
            return OpenAIReports.WriteCosts;
        if (path.EndsWith("/organizations/cost_report", StringComparison.Ordinal))
            return AnthropicReports.WriteCosts;
        if (path.EndsWith("/organizations/usage_report/messages", StringComparison.Ordinal))
            return AnthropicReports.WriteUsage;
        return path[(path.LastIndexOf('/') + 1)..] switch
        {
            _ when !path.Contains("/organization/usage/", StringComparison.Ordinal) => null,
            "completions" => OpenAIReports.WriteCompletions,
            "embeddings" => OpenAIReports.WriteEmbeddings,
            "moderations" or "images" or "audio_speeches" or "audio_transcriptions" => OpenAIReports.WriteEmpty,
            _ => null,
        };
    }
}

/// <summary>Writes the bucket of a day.</summary>
internal delegate void BucketWriter(
    System.Text.Json.Utf8JsonWriter json,
    DateOnly day,
    IReadOnlyList<KeyValuePair<BillKey, BillLine>> lines
);
