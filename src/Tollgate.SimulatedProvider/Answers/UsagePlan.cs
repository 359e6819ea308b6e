using Tollgate.SimulatedProvider.Billing;
using Tollgate.SimulatedProvider.Requests;
using Tollgate.SimulatedProvider.Scripting;

namespace Tollgate.SimulatedProvider.Answers;

/// <summary>Decides a call's usage: scripted values, and otherwise values derived from the request's size.</summary>
internal static class UsagePlan
{
    private const int BytesPerToken = 4;
    private const int DefaultOutput = 16;

    public static (BilledTokens Tokens, string? Fault) Create(ProviderApi api, RequestFacts facts, CallScript script)
    {
        if (FindUnreportable(api, script) is { } name)
            return (default, "directive '" + name + "' cannot be reported by " + api.Name());

        var inputParts = script.Cached + script.Cache5m + script.Cache1h + script.AudioIn + script.ImageIn;
        var outputParts = script.Reasoning + script.AudioOut + script.ImageOut;
        var input = script.Input ?? Math.Max(inputParts, DeriveInput(facts));
        var output = script.Output ?? Math.Max(outputParts, DeriveOutput(api, facts));
        if (inputParts > input)
            return (default, "directive 'input' is less than its parts");
        if (outputParts > output)
            return (default, "directive 'output' is less than its parts");
        return (
            new BilledTokens
            {
                InputText = input - inputParts,
                InputAudio = script.AudioIn,
                InputImage = script.ImageIn,
                CacheRead = script.Cached,
                CacheWrite5m = script.Cache5m,
                CacheWrite1h = script.Cache1h,
                OutputText = output - outputParts,
                OutputReasoning = script.Reasoning,
                OutputAudio = script.AudioOut,
                OutputImage = script.ImageOut,
            },
            null
        );
    }

    public static long DeriveInput(RequestFacts facts) => Math.Max(1, facts.Bytes / BytesPerToken);

    private static long DeriveOutput(ProviderApi api, RequestFacts facts) =>
        IsEmbedding(api)
            ? 0
            : Math.Min(DefaultOutput, facts.MaxOutputTokens ?? DefaultOutput) * (api.HasChoices() ? facts.Choices : 1);

    /// <summary>
    /// A scripted kind that this API's usage has no field for. Billing it would hide it from every reader.
    /// </summary>
    private static string? FindUnreportable(ProviderApi api, CallScript script)
    {
        var gemini = api is ProviderApi.GeminiGenerate;
        var audio = gemini || api is ProviderApi.OpenAIChat;
        var plain = IsEmbedding(api) || api is ProviderApi.OpenAICompletions;
        if (script.Cached > 0 && plain)
            return "cached";
        if (script.Cache5m > 0 && api is not ProviderApi.AnthropicMessages)
            return "cache5m";
        if (script.Cache1h > 0 && api is not ProviderApi.AnthropicMessages)
            return "cache1h";
        if (script.AudioIn > 0 && !audio)
            return "audio_in";
        if (script.AudioOut > 0 && !audio)
            return "audio_out";
        if (script.ImageIn > 0 && !gemini)
            return "image_in";
        if (script.ImageOut > 0 && !gemini)
            return "image_out";
        if (script.Reasoning > 0 && plain)
            return "reasoning";
        if (script.N > 1 && !api.HasChoices())
            return "n";
        return script.Output > 0 && IsEmbedding(api) ? "output" : null;
    }

    private static bool IsEmbedding(ProviderApi api) => api is ProviderApi.OpenAIEmbeddings or ProviderApi.GeminiEmbed;
}
