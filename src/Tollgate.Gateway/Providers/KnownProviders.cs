using System.Collections.Frozen;

namespace Tollgate.Gateway.Providers;

/// <summary>
/// The providers that can be named without further configuration. Any other OpenAI-compatible provider works by its
/// base address.
/// </summary>
/// <remarks>Addresses: each provider's own API reference, as of 2026-11.</remarks>
public static class KnownProviders
{
    /// <summary>All of them, by id.</summary>
    public static readonly FrozenDictionary<string, Provider> ById = new Provider[]
    {
        new("openai", WireDialect.OpenAI, new("https://api.openai.com/v1"), ["OPENAI_API_KEY"]),
        new(
            "anthropic",
            WireDialect.Anthropic,
            new("https://api.anthropic.com"),
            ["ANTHROPIC_API_KEY"],
            KeyPlacement.XApiKey
        ),
        new(
            "gemini",
            WireDialect.Gemini,
            new("https://generativelanguage.googleapis.com"),
            ["GEMINI_API_KEY", "GOOGLE_API_KEY"],
            KeyPlacement.XGoogApiKey
        ),
        new("azure", WireDialect.OpenAI, null, ["AZURE_API_KEY", "AZURE_OPENAI_API_KEY"], KeyPlacement.ApiKey),
        new("groq", WireDialect.OpenAI, new("https://api.groq.com/openai/v1"), ["GROQ_API_KEY"]),
        new(
            "together",
            WireDialect.OpenAI,
            new("https://api.together.xyz/v1"),
            ["TOGETHER_API_KEY", "TOGETHERAI_API_KEY"]
        ),
        new("mistral", WireDialect.OpenAI, new("https://api.mistral.ai/v1"), ["MISTRAL_API_KEY"])
        {
            AcceptsStreamOptions = false,
        },
        new("deepseek", WireDialect.OpenAI, new("https://api.deepseek.com/v1"), ["DEEPSEEK_API_KEY"]),
        new("xai", WireDialect.OpenAI, new("https://api.x.ai/v1"), ["XAI_API_KEY"]),
        new(
            "fireworks",
            WireDialect.OpenAI,
            new("https://api.fireworks.ai/inference/v1"),
            ["FIREWORKS_API_KEY", "FIREWORKS_AI_API_KEY"]
        ),
        new("openrouter", WireDialect.OpenAI, new("https://openrouter.ai/api/v1"), ["OPENROUTER_API_KEY"]),
        new(
            "perplexity",
            WireDialect.OpenAI,
            new("https://api.perplexity.ai"),
            ["PERPLEXITY_API_KEY", "PERPLEXITYAI_API_KEY"]
        )
        {
            AcceptsStreamOptions = false,
        },
        new("moonshot", WireDialect.OpenAI, new("https://api.moonshot.ai/v1"), ["MOONSHOT_API_KEY"]),
        new("cerebras", WireDialect.OpenAI, new("https://api.cerebras.ai/v1"), ["CEREBRAS_API_KEY"]),
        new("ollama", WireDialect.OpenAI, new("http://127.0.0.1:11434/v1"), []),
        new("vllm", WireDialect.OpenAI, null, []),
    }.ToFrozenDictionary(provider => provider.Id, StringComparer.Ordinal);
}
