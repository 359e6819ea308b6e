namespace Tollgate.Metering.Pricing.LiteLlm;

/// <summary>Maps a <c>litellm_provider</c> to Tollgate's provider id.</summary>
internal static class ProviderNames
{
    /// <summary>The id; LiteLLM's own if the two are the same.</summary>
    public static string Map(string provider) =>
        provider switch
        {
            "azure_text" => "azure",
            "bedrock_converse" => "bedrock",
            "cohere_chat" => "cohere",
            "together_ai" => "together",
            "text-completion-openai" => "openai",
            "text-completion-codestral" => "codestral",
            _ when provider.StartsWith("vertex_ai-", StringComparison.Ordinal) => "vertex_ai",
            _ when provider.StartsWith("fireworks_ai", StringComparison.Ordinal) => "fireworks",
            _ => provider,
        };

    /// <summary>The model's own name: the key without the prefix that names its provider.</summary>
    public static string Model(string key, string provider)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && slash < key.Length - 1 && Map(key[..slash]) == provider ? key[(slash + 1)..] : key;
    }
}
