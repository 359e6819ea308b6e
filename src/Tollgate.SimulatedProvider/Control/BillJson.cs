using System.Globalization;
using System.Text.Json;
using Tollgate.SimulatedProvider.Billing;
using Tollgate.SimulatedProvider.Requests;
using Tollgate.SimulatedProvider.Serving;

namespace Tollgate.SimulatedProvider.Control;

/// <summary>The bill and its audit as JSON.</summary>
internal static class BillJson
{
    public static void Write(Utf8JsonWriter json, BillTotals totals, int inFlight)
    {
        json.WriteStartObject();
        WriteState(json, totals, CallState.Complete);
        WriteState(json, totals, CallState.Cut);
        json.WriteStartObject("refused"u8);
        json.WriteNumber("calls"u8, totals.Refused.Values.Sum());
        json.WriteStartObject("statuses"u8);
        foreach (var (status, calls) in totals.Refused)
            json.WriteNumber(status.ToString(CultureInfo.InvariantCulture), calls);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteNumber("in_flight"u8, inFlight);
        json.WriteNumber("not_listed"u8, totals.NotListed);
        json.WriteEndObject();
    }

    /// <summary>One line of <c>GET /bill/calls</c>.</summary>
    public static void WriteCall(Utf8JsonWriter json, BilledCall call, long sequence)
    {
        json.WriteStartObject();
        json.WriteNumber("seq"u8, sequence);
        json.WriteString("response_id"u8, call.ResponseId);
        json.WriteString("script_id"u8, call.ScriptId);
        json.WriteString("model"u8, call.Model);
        json.WriteString("dialect"u8, call.Api.Name());
        json.WriteString("state"u8, call.State is CallState.Complete ? "complete"u8 : "cut"u8);
        json.WriteString("time"u8, call.Time);
        WriteKinds(json, call.Tokens);
        json.WriteString("cost_usd"u8, call.Cost is { } cost ? FormatUsd(cost) : null);
        json.WriteEndObject();
    }

    public static void WriteAudit(Utf8JsonWriter json, BillTotals totals)
    {
        var complete = totals.ForState(CallState.Complete).Sum(line => line.Value.Cost);
        var cut = totals.ForState(CallState.Cut).Sum(line => line.Value.Cost);
        json.WriteStartObject();
        json.WriteString("total_usd"u8, FormatUsd(complete + cut));
        json.WriteString("complete_usd"u8, FormatUsd(complete));
        json.WriteString("cut_usd"u8, FormatUsd(cut));
        json.WriteStartObject("by_model"u8);
        foreach (
            var model in totals
                .Lines.GroupBy(line => line.Key.Model)
                .OrderBy(model => model.Key, StringComparer.Ordinal)
        )
            json.WriteString(model.Key, FormatUsd(model.Sum(line => line.Value.Cost)));
        json.WriteEndObject();
        WriteUnpriced(json, totals);
        json.WriteEndObject();
    }

    private static void WriteState(Utf8JsonWriter json, BillTotals totals, CallState state)
    {
        json.WriteStartObject(state is CallState.Complete ? "complete"u8 : "cut"u8);
        json.WriteNumber("calls"u8, totals.ForState(state).Sum(line => line.Value.Calls));
        WriteKinds(
            json,
            totals.ForState(state).Aggregate(default(BilledTokens), (sum, line) => sum + line.Value.Tokens)
        );
        json.WriteStartArray("models"u8);
        foreach (var (key, line) in totals.ForState(state))
            WriteLine(json, key, line);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteLine(Utf8JsonWriter json, BillKey key, BillLine line)
    {
        json.WriteStartObject();
        json.WriteString("model"u8, key.Model);
        json.WriteString("dialect"u8, key.Api.Name());
        json.WriteNumber("calls"u8, line.Calls);
        WriteKinds(json, line.Tokens);
        json.WriteStartObject("wire"u8);
        foreach (var (name, count) in CallHandler.Dialects[(int)key.Api].ToWireCounts(line.Tokens))
            json.WriteNumber(name, count);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteKinds(Utf8JsonWriter json, in BilledTokens tokens)
    {
        json.WriteStartObject("kinds"u8);
        json.WriteNumber("input_text"u8, tokens.InputText);
        json.WriteNumber("input_audio"u8, tokens.InputAudio);
        json.WriteNumber("input_image"u8, tokens.InputImage);
        json.WriteNumber("cache_read"u8, tokens.CacheRead);
        json.WriteNumber("cache_write_5m"u8, tokens.CacheWrite5m);
        json.WriteNumber("cache_write_1h"u8, tokens.CacheWrite1h);
        json.WriteNumber("output_text"u8, tokens.OutputText);
        json.WriteNumber("output_reasoning"u8, tokens.OutputReasoning);
        json.WriteNumber("output_audio"u8, tokens.OutputAudio);
        json.WriteNumber("output_image"u8, tokens.OutputImage);
        json.WriteEndObject();
    }

    private static void WriteUnpriced(Utf8JsonWriter json, BillTotals totals)
    {
        json.WriteStartArray("unpriced_models"u8);
        var models = totals.Lines.Where(line => line.Value.UnpricedCalls > 0).Select(line => line.Key.Model);
        foreach (var model in models.Distinct().Order(StringComparer.Ordinal))
            json.WriteStringValue(model);
        json.WriteEndArray();
        json.WriteNumber("unpriced_calls"u8, totals.Lines.Values.Sum(line => line.UnpricedCalls));
    }

    /// <summary>Formats dollars as the shortest exact decimal: the scale of a sum carries no information.</summary>
    private static string FormatUsd(decimal usd) =>
        usd.ToString("0.############################", CultureInfo.InvariantCulture);
}
