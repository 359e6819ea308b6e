using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tollgate.SimulatedProvider.Billing;
using Tollgate.SimulatedProvider.Requests;

namespace Tollgate.SimulatedProvider.Serving;

/// <summary>The models that are listed: those that the audit can price. Any other name works, too.</summary>
internal static class ModelLists
{
    private const string Created = "2026-07-01T00:00:00Z";
    private const long CreatedUnix = 1_782_864_000;

    public static Task HandleAsync(HttpContext context, ProviderRoute route) =>
        JsonResponse.SendAsync(
            context,
            json =>
            {
                if (route.Model is { } model)
                    WriteModel(json, route.Family, model);
                else
                    WriteList(json, route.Family);
            }
        );

    private static void WriteList(Utf8JsonWriter json, ProviderFamily family)
    {
        json.WriteStartObject();
        if (family is ProviderFamily.OpenAI)
            json.WriteString("object"u8, "list"u8);
        json.WriteStartArray(family is ProviderFamily.Gemini ? "models"u8 : "data"u8);
        foreach (var model in BillAudit.Models)
            if (GetFamily(model) == family)
                WriteModel(json, family, model);
        json.WriteEndArray();
        if (family is ProviderFamily.Anthropic)
        {
            json.WriteBoolean("has_more"u8, false);
            json.WriteNull("first_id"u8);
            json.WriteNull("last_id"u8);
        }

        json.WriteEndObject();
    }

    private static void WriteModel(Utf8JsonWriter json, ProviderFamily family, string model)
    {
        json.WriteStartObject();
        switch (family)
        {
            case ProviderFamily.Anthropic:
                json.WriteString("type"u8, "model"u8);
                json.WriteString("id"u8, model);
                json.WriteString("display_name"u8, model);
                json.WriteString("created_at"u8, Created);
                break;
            case ProviderFamily.Gemini:
                json.WriteString("name"u8, "models/" + model);
                json.WriteString("displayName"u8, model);
                json.WriteNumber("inputTokenLimit"u8, 1_048_576);
                json.WriteNumber("outputTokenLimit"u8, 65_536);
                break;
            default:
                json.WriteString("id"u8, model);
                json.WriteString("object"u8, "model"u8);
                json.WriteNumber("created"u8, CreatedUnix);
                json.WriteString("owned_by"u8, "system"u8);
                break;
        }

        json.WriteEndObject();
    }

    private static ProviderFamily GetFamily(string model) =>
        model.StartsWith("claude", StringComparison.Ordinal) ? ProviderFamily.Anthropic
        : model.StartsWith("gemini", StringComparison.Ordinal) ? ProviderFamily.Gemini
        : ProviderFamily.OpenAI;
}
