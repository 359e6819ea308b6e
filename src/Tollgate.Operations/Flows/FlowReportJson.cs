using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Tollgate.Analytics.Flows;
using Tollgate.Analytics.Flows.Analysis;

namespace Tollgate.Operations.Flows;

/// <summary>Prints a report for programs.</summary>
internal static class FlowReportJson
{
    private static readonly JsonWriterOptions Indented = new()
    {
        Indented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Returns the report with line breaks.</summary>
    public static string Create(FlowReport report, FlowReportFormatter words)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Indented))
            WriteReport(json, report, words);
        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    private static void WriteReport(Utf8JsonWriter json, FlowReport report, FlowReportFormatter words)
    {
        json.WriteStartObject();
        if (report.Sources.Count == 1)
            json.WriteString("file", report.Sources[0]);
        else
            WriteStrings(json, "file", report.Sources);
        json.WriteNumber("rows", report.Rows);
        json.WriteNumber("filtered", report.Filtered);
        WriteRejected(json, report.Rejected, report.Sources.Count > 1);
        json.WriteStartObject("prices");
        if (ReferenceEquals(report.Options.Prices, FlowPrices.Booked))
        {
            json.WriteNumber("unpriced_flows", report.Unpriced);
        }
        else
        {
            json.WriteNumber("input_per_million", Normal(report.Options.Prices.InputPerMillion));
            json.WriteNumber("output_per_million", Normal(report.Options.Prices.OutputPerMillion));
        }

        json.WriteString("source", report.Options.Prices.Source);
        json.WriteEndObject();
        WriteOneOrMany(json, "percentile", report.Options.Percentiles);
        json.WriteString("percentile_method", words.MethodName);
        json.WriteString("by", report.Options.Columns.Group ?? "none");
        json.WriteStartArray("types");
        foreach (var group in report.Groups)
            WriteGroup(json, group, report.Options.Percentiles);
        json.WriteEndArray();
        json.WriteString("definition", words.DefinitionName);
        json.WriteString("bucket", words.BucketName);
        WritePeak(json, report, words);
        WriteTokens(json, report);
        json.WriteEndObject();
    }

    private static void WriteRejected(Utf8JsonWriter json, RejectedFlows rejected, bool hasSeveralFiles)
    {
        json.WriteStartObject("rejected");
        json.WriteNumber("count", rejected.Count);
        json.WriteStartObject("by_reason");
        foreach (var (reason, count) in rejected.ByReason)
            json.WriteNumber(reason.Code(), count);
        json.WriteEndObject();
        json.WriteStartArray("first");
        foreach (var row in rejected.First)
        {
            json.WriteStartObject();
            if (hasSeveralFiles)
                json.WriteString("file", row.Source);
            json.WriteNumber("line", row.Line);
            json.WriteString("column", row.Column);
            json.WriteString("reason", row.Reason.Code());
            json.WriteString("text", row.Text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteGroup(Utf8JsonWriter json, FlowGroup group, IReadOnlyList<decimal> percentiles)
    {
        json.WriteStartObject();
        json.WriteString("type", group.Name);
        json.WriteNumber("flows", group.Flows);
        if (percentiles.Count == 1)
        {
            json.WriteNumber("percentile_cost", Normal(group.PercentileCosts[0]));
        }
        else
        {
            json.WriteStartObject("percentile_cost");
            for (var index = 0; index < percentiles.Count; index++)
                json.WriteNumber(
                    percentiles[index].ToString("0.######", CultureInfo.InvariantCulture),
                    Normal(group.PercentileCosts[index])
                );
            json.WriteEndObject();
        }

        json.WriteNumber("mean_cost", Normal(decimal.Round(group.MeanCost, 18)));
        json.WriteNumber("total_cost", Normal(group.TotalCost));
        json.WriteNumber("tokens_in", Normal(group.TokensIn.Tokens));
        json.WriteNumber("tokens_out", Normal(group.TokensOut.Tokens));
        json.WriteEndObject();
    }

    private static void WritePeak(Utf8JsonWriter json, FlowReport report, FlowReportFormatter words)
    {
        if (report.Peak is not { } peak)
        {
            json.WriteNull("peak");
            return;
        }

        json.WriteStartObject("peak");
        json.WriteString("minute", words.Iso(peak.Start));
        json.WriteNumber("tokens", Normal(peak.Tokens.Tokens));
        json.WriteEndObject();
    }

    private static void WriteTokens(Utf8JsonWriter json, FlowReport report)
    {
        json.WriteStartObject("tokens");
        json.WriteNumber("total", Normal(report.Total.Tokens));
        json.WriteNumber("distributed", Normal(report.Distributed.Tokens));
        json.WriteStartObject("excluded");
        foreach (var excluded in report.Excluded)
        {
            json.WriteStartObject(excluded.Reason.Code());
            json.WriteNumber("flows", excluded.Flows);
            json.WriteNumber("tokens", Normal(excluded.Tokens.Tokens));
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteOneOrMany(Utf8JsonWriter json, string name, IReadOnlyList<decimal> values)
    {
        if (values.Count == 1)
        {
            json.WriteNumber(name, Normal(values[0]));
            return;
        }

        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteNumberValue(Normal(value));
        json.WriteEndArray();
    }

    private static void WriteStrings(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }

    /// <summary>Without trailing zeros, which a decimal preserves.</summary>
    private static decimal Normal(decimal value) => value / 1.000000000000000000000000000m;
}
