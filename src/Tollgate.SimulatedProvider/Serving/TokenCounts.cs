using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tollgate.SimulatedProvider.Answers;
using Tollgate.SimulatedProvider.Requests;
using Tollgate.SimulatedProvider.Scripting;

namespace Tollgate.SimulatedProvider.Serving;

/// <summary>The token-counting operations of Anthropic and Gemini, which are free.</summary>
internal static class TokenCounts
{
    public static async Task HandleAsync(HttpContext context, ProviderFamily family)
    {
        using var body = await RequestBody.ReadAsync(context.Request, context.RequestAborted);
        var (script, error) = CallScriptParser.Parse(body.Span);
        var facts = RequestFactsReader.Read(body.Span);
        if (error is not null || facts is null)
        {
            await ErrorResponse.SendAsync(context, family, 400, error ?? "The request is not a JSON object.");
            return;
        }

        var tokens = script.Input ?? UsagePlan.DeriveInput(facts);
        await JsonResponse.SendAsync(context, json => Write(json, family, tokens));
    }

    private static void Write(Utf8JsonWriter json, ProviderFamily family, long tokens)
    {
        json.WriteStartObject();
        json.WriteNumber(family is ProviderFamily.Anthropic ? "input_tokens"u8 : "totalTokens"u8, tokens);
        if (family is ProviderFamily.Gemini)
            WriteDetails(json, tokens);
        json.WriteEndObject();
    }

    private static void WriteDetails(Utf8JsonWriter json, long tokens)
    {
        json.WriteStartArray("promptTokensDetails"u8);
        json.WriteStartObject();
        json.WriteString("modality"u8, "TEXT"u8);
        json.WriteNumber("tokenCount"u8, tokens);
        json.WriteEndObject();
        json.WriteEndArray();
    }
}
