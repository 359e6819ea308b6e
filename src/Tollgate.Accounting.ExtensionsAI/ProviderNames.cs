namespace Tollgate.Accounting.ExtensionsAI;

/// <summary>
/// Names that clients have for their provider, which OpenTelemetry's conventions changed over time, as the ids of the
/// price book.
/// </summary>
internal static class ProviderNames
{
    /// <summary>The id; null where the client names none, so that the model may tell.</summary>
    public static string? Of(string? name) =>
        name switch
        {
            null or "" => null,
            "az.ai.openai" or "azure.ai.openai" or "az.ai.inference" or "azure.ai.inference" => "azure",
            "gcp.gemini" or "gcp.gen_ai" or "google" => "gemini",
            "mistral_ai" => "mistral",
            _ => name,
        };
}
