using Microsoft.AspNetCore.Http;

namespace Tollgate.SimulatedProvider.Requests;

internal enum RouteAction
{
    Unknown,
    Call,
    CountTokens,
    Models,
    Control,
    Report,
}

/// <summary>
/// The operation that a path requests. Prefixes are ignored, because OpenAI-compatible providers differ in them.
/// </summary>
internal readonly record struct ProviderRoute(RouteAction Action, ProviderFamily Family)
{
    public ProviderApi Api { get; private init; }

    /// <summary>The model, or Azure's deployment, if the path names it.</summary>
    public string? Model { get; private init; }

    /// <summary>True if the path itself requests a stream.</summary>
    public bool IsStreaming { get; private init; }

    /// <summary>True if several Gemini embeddings are requested at once.</summary>
    public bool IsBatch { get; private init; }

    public static ProviderRoute Match(HttpRequest request)
    {
        var path = request.Path.Value ?? "";
        // Reports end like calls, for example /organization/usage/completions.
        if (path.Contains("/organization/", StringComparison.Ordinal))
            return new(RouteAction.Report, ProviderFamily.OpenAI);
        if (path.Contains("/organizations/", StringComparison.Ordinal))
            return new(RouteAction.Report, ProviderFamily.Anthropic);
        if (EndsWithPath(path, "/chat/completions"))
            return OpenAI(ProviderApi.OpenAIChat, path);
        if (EndsWithPath(path, "/completions"))
            return OpenAI(ProviderApi.OpenAICompletions, path);
        if (EndsWithPath(path, "/responses"))
            return OpenAI(ProviderApi.OpenAIResponses, path);
        if (EndsWithPath(path, "/embeddings"))
            return OpenAI(ProviderApi.OpenAIEmbeddings, path);
        if (EndsWithPath(path, "/messages"))
            return new(RouteAction.Call, ProviderFamily.Anthropic) { Api = ProviderApi.AnthropicMessages };
        if (EndsWithPath(path, "/messages/count_tokens"))
            return new(RouteAction.CountTokens, ProviderFamily.Anthropic);
        if (path.Contains("/models", StringComparison.Ordinal))
            return MatchModels(request, path);
        return path is "/script" or "/health" || path.StartsWith("/bill", StringComparison.Ordinal)
            ? new(RouteAction.Control, ProviderFamily.OpenAI)
            : new(RouteAction.Unknown, GetFamily(request, path));
    }

    private static ProviderRoute OpenAI(ProviderApi api, string path) =>
        new(RouteAction.Call, ProviderFamily.OpenAI) { Api = api, Model = Between(path, "/deployments/", '/') };

    private static ProviderRoute MatchModels(HttpRequest request, string path)
    {
        var verb = path[(path.LastIndexOf(':') + 1)..];
        var gemini = new ProviderRoute(RouteAction.Call, ProviderFamily.Gemini)
        {
            Api =
                verb.StartsWith("embed", StringComparison.Ordinal) || verb is "batchEmbedContents"
                    ? ProviderApi.GeminiEmbed
                    : ProviderApi.GeminiGenerate,
            Model = Between(path, "/models/", ':'),
            IsStreaming = verb is "streamGenerateContent",
            IsBatch = verb is "batchEmbedContents",
        };
        return verb switch
        {
            "generateContent" or "streamGenerateContent" or "embedContent" or "batchEmbedContents" => gemini,
            "countTokens" => gemini with { Action = RouteAction.CountTokens },
            _ => new(RouteAction.Models, GetFamily(request, path)) { Model = Between(path + "\n", "/models/", '\n') },
        };
    }

    private static ProviderFamily GetFamily(HttpRequest request, string path)
    {
        if (path.Contains("/v1beta", StringComparison.Ordinal))
            return ProviderFamily.Gemini;
        return request.Headers.ContainsKey("anthropic-version") ? ProviderFamily.Anthropic : ProviderFamily.OpenAI;
    }

    private static bool EndsWithPath(string path, string end) => path.EndsWith(end, StringComparison.Ordinal);

    private static string? Between(string path, string before, char after)
    {
        var start = path.IndexOf(before, StringComparison.Ordinal);
        if (start < 0)
            return null;
        start += before.Length;
        var end = path.LastIndexOf(after);
        if (after == '/')
            end = path.IndexOf(after, start);
        return end > start ? path[start..end] : null;
    }
}
