namespace Tollgate.SimulatedProvider.Requests;

/// <summary>The billable APIs, by the operation that a caller names.</summary>
internal enum ProviderApi
{
    OpenAIChat,
    OpenAICompletions,
    OpenAIResponses,
    OpenAIEmbeddings,
    AnthropicMessages,
    GeminiGenerate,
    GeminiEmbed,
}

/// <summary>The API families; each shares errors and credentials.</summary>
internal enum ProviderFamily
{
    OpenAI,
    Anthropic,
    Gemini,
}

internal static class ProviderApiFacts
{
    /// <summary>True if a request can ask for several choices at once.</summary>
    public static bool HasChoices(this ProviderApi api) =>
        api is ProviderApi.OpenAIChat or ProviderApi.OpenAICompletions or ProviderApi.GeminiGenerate;

    /// <summary>The name of an API on the bill.</summary>
    public static string Name(this ProviderApi api) =>
        api switch
        {
            ProviderApi.OpenAIChat => "openai.chat_completions",
            ProviderApi.OpenAICompletions => "openai.completions",
            ProviderApi.OpenAIResponses => "openai.responses",
            ProviderApi.OpenAIEmbeddings => "openai.embeddings",
            ProviderApi.AnthropicMessages => "anthropic.messages",
            ProviderApi.GeminiGenerate => "gemini.generate_content",
            _ => "gemini.embed_content",
        };
}
