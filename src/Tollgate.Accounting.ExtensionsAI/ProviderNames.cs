namespace Tollgate.Accounting.ExtensionsAI;

/// <summary>
/// Maps the provider names of clients, which OpenTelemetry's conventions changed over time, to the ids of the price
/// book.
/// </summary>
internal static class ProviderNames
{
    /// <summary>
    /// Returns the id; null if the client does not name a provider, so that the model can determine it.
    /// </summary>
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
