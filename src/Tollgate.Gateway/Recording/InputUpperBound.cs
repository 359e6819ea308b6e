using System.Buffers;
using Tollgate.Metering.Pricing;

namespace Tollgate.Gateway.Recording;

/// <summary>
/// The maximum input that a request can be billed for. A token is at least one byte of text, so a text request has at
/// most as many tokens as bytes; content that is included by reference, or is fetched by the provider, can fill the
/// model's whole context.
/// </summary>
/// <remarks>
/// Content is detected by property names anywhere in the body: a text that merely mentions one makes the bound higher,
/// never lower. Letters of a name can hide behind JSON escapes, so a body with escaped letters counts as one that
/// contains everything.
/// </remarks>
/// <param name="Tokens">Input tokens.</param>
/// <param name="Kinds">The kinds of input that the tokens can be besides text.</param>
/// <param name="ToolUses">Uses of tools that the provider runs and bills.</param>
internal readonly record struct InputUpperBound(long Tokens, InputKinds Kinds, long ToolUses)
{
    /// <summary>Used if the price book does not contain the model's context size.</summary>
    public const long DefaultContextTokens = 200_000;

    /// <summary>
    /// Tokens that a provider adds to a request: marks around messages, and the prompt that explains tools
    /// (https://docs.claude.com/en/docs/agents-and-tools/tool-use/overview lists up to 530 tokens, and less than 1,000
    /// for each of its own tools).
    /// </summary>
    private const long OverheadTokens = 64;

    private const long ToolOverheadTokens = 1536;

    /// <summary>
    /// One image: the most expensive known case is gpt-4o-mini, with 2,833 tokens plus eight tiles of 5,667
    /// (https://platform.openai.com/docs/guides/images-vision, "Calculating costs").
    /// </summary>
    private const long MaxImageTokens = 48_169;

    /// <summary>
    /// Searches and similar tool uses that a provider makes in one call unless the request bounds them.
    /// </summary>
    private const long MaxToolUses = 10;

    /// <summary>Names of an image or sound that is embedded in the request, or of one image at an address.</summary>
    private static readonly byte[][] InlineMediaNames = Utf8Names(
        "\"image_url\"",
        "\"input_image\"",
        "\"inline_data\"",
        "\"inlineData\"",
        "\"base64\"",
        "\"input_audio\""
    );

    /// <summary>Names of content that is fetched, or that comes from earlier turns.</summary>
    private static readonly byte[][] FetchedNames = Utf8Names(
        "\"file_id\"",
        "\"file_data\"",
        "\"fileData\"",
        "\"file_uri\"",
        "\"fileUri\"",
        "\"file_url\"",
        "\"document\"",
        "\"video",
        "\"file\"",
        "\"previous_response_id\"",
        "\"conversation\"",
        "\"prompt_id\"",
        "\"cachedContent\"",
        "\"cached_content\"",
        "\"item_reference\""
    );

    /// <summary>Names of tools that the provider runs within the call, each time reading the whole context.</summary>
    private static readonly byte[][] ProviderTools = Utf8Names(
        "\"web_search",
        "\"file_search",
        "\"code_interpreter",
        "\"code_execution",
        "\"computer_use",
        "\"image_generation",
        "\"mcp",
        "\"web_fetch",
        "\"googleSearch",
        "\"google_search",
        "\"codeExecution",
        "\"urlContext",
        "\"url_context",
        "\"googleMaps",
        "\"google_maps",
        "\"container\"",
        "\"advisor",
        "\"context_management\""
    );

    private static readonly byte[][] Tools = Utf8Names("\"tools\"", "\"functions\"");

    private static readonly byte[][] Caches = Utf8Names("\"cache_control\"", "\"cachePoint\"");

    private static readonly byte[][] Escapes = Utf8Names("\\u00");

    /// <summary>The bound of a request's body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="context">
    /// The maximum number of input tokens that the model accepts, if known: the provider rejects larger requests and
    /// does not bill them.
    /// </param>
    public static InputUpperBound FromBody(in ReadOnlySequence<byte> body, long? context)
    {
        var maxTokens = context ?? DefaultContextTokens;
        var hidden = ContainsAny(body, Escapes);
        var tools = hidden || ContainsAny(body, ProviderTools);
        var inline = ContainsAny(body, InlineMediaNames);
        var elsewhere = hidden || ContainsAny(body, FetchedNames);
        var kinds =
            (inline || elsewhere ? InputKinds.Media : 0)
            | (hidden || ContainsAny(body, Caches) ? InputKinds.CacheWrites : 0);
        if (tools || elsewhere)
            return new InputUpperBound(maxTokens, kinds, tools ? MaxToolUses : 0);
        var tokens =
            body.Length
            + OverheadTokens
            + (ContainsAny(body, Tools) ? ToolOverheadTokens : 0)
            + (inline ? CountImages(body) * MaxImageTokens : 0);
        return new InputUpperBound(context is { } largest ? Math.Min(tokens, largest) : tokens, kinds, 0);
    }

    private static byte[][] Utf8Names(params string[] names) => [.. names.Select(System.Text.Encoding.ASCII.GetBytes)];

    private static bool ContainsAny(in ReadOnlySequence<byte> body, byte[][] names)
    {
        foreach (var name in names)
            if (new SequenceReader<byte>(body).TryReadTo(out ReadOnlySequence<byte> _, name))
                return true;
        return false;
    }

    /// <summary>At most as many images as there are names of one.</summary>
    private static long CountImages(in ReadOnlySequence<byte> body)
    {
        long count = 0;
        foreach (var name in InlineMediaNames)
        {
            var reader = new SequenceReader<byte>(body);
            while (reader.TryReadTo(out ReadOnlySequence<byte> _, name))
                count++;
        }

        return count;
    }
}
