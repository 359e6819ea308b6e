namespace Tollgate.Accounting.ImportExport.Focus;

/// <summary>The names of providers as used on their invoices.</summary>
internal static class FocusProviders
{
    public static string GetDisplayName(string id) =>
        id switch
        {
            "openai" => "OpenAI",
            "anthropic" => "Anthropic",
            "gemini" or "vertex_ai" => "Google",
            "azure" => "Microsoft Azure",
            "bedrock" => "Amazon Web Services",
            "deepseek" => "DeepSeek",
            "groq" => "Groq",
            "mistral" => "Mistral AI",
            "together" => "Together AI",
            "xai" => "xAI",
            _ => id,
        };
}
