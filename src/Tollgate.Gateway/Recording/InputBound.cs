using System.Buffers;
using Tollgate.Metering.Pricing;

namespace Tollgate.Gateway.Recording;

/// <summary>
/// The most input that a request can be billed for. A token is at least one byte of text, so a request of text has at
/// most as many tokens as bytes; what stands in it by reference, or is fetched by the provider, can fill the model's
/// whole context.
/// </summary>
/// <remarks>
/// It is looked for by names, wherever in the body they stand: a text that merely mentions one makes the bound higher,
/// never lower. Letters of a name can hide behind JSON's escapes, so a body with escaped letters counts as one with
/// everything.
/// </remarks>
/// <param name="Tokens">Input tokens.</param>
/// <param name="Kinds">What they can be beside text.</param>
/// <param name="ToolUses">Uses of tools that the provider runs and bills.</param>
internal readonly record struct InputBound(long Tokens, InputKinds Kinds, long ToolUses)
{
    /// <summary>Where the price book does not say how large a model's context is.</summary>
    public const long DefaultContext = 200_000;

    /// <summary>
    /// What a provider adds to a request: marks around messages, and the prompt by which it explains tools
    /// (https://docs.claude.com/en/docs/agents-and-tools/tool-use/overview gives up to 530 tokens, and less than 1,000
    /// for each tool of its own).
    /// </summary>
    private const long Overhead = 64;

    private const long ToolOverhead = 1536;

    /// <summary>
    /// One image: the dearest known is gpt-4o-mini's, of 2,833 tokens and eight tiles of 5,667
    /// (https://platform.openai.com/docs/guides/images-vision, "Calculating costs").
    /// </summary>
    private const long Image = 48_169;

    /// <summary>Searches and the like that a provider makes in one call unless the request bounds them.</summary>
    private const long MostToolUses = 10;

    /// <summary>Names of an image or sound that stands in the request, or of one image at an address.</summary>
    private static readonly byte[][] Inline = Names(
        "\"image_url\"",
        "\"input_image\"",
        "\"inline_data\"",
        "\"inlineData\"",
        "\"base64\"",
        "\"input_audio\""
    );

    /// <summary>Names of what is fetched, or was said before.</summary>
    private static readonly byte[][] Elsewhere = Names(
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

    /// <summary>Names of what the provider does within the call, each time reading the whole context.</summary>
    private static readonly byte[][] ProviderTools = Names(
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

    private static readonly byte[][] Tools = Names("\"tools\"", "\"functions\"");

    private static readonly byte[][] Caches = Names("\"cache_control\"", "\"cachePoint\"");

    private static readonly byte[][] Escapes = Names("\\u00");

    /// <summary>The bound of a request's body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="context">The most input tokens that the model takes, where known: more is refused by the provider,
    /// and not billed.</param>
    public static InputBound Of(in ReadOnlySequence<byte> body, long? context)
    {
        var most = context ?? DefaultContext;
        var hidden = Has(body, Escapes);
        var tools = hidden || Has(body, ProviderTools);
        var inline = Has(body, Inline);
        var elsewhere = hidden || Has(body, Elsewhere);
        var kinds =
            (inline || elsewhere ? InputKinds.Media : 0) | (hidden || Has(body, Caches) ? InputKinds.CacheWrites : 0);
        if (tools || elsewhere)
            return new InputBound(most, kinds, tools ? MostToolUses : 0);
        var tokens =
            body.Length + Overhead + (Has(body, Tools) ? ToolOverhead : 0) + (inline ? Images(body) * Image : 0);
        return new InputBound(context is { } largest ? Math.Min(tokens, largest) : tokens, kinds, 0);
    }

    private static byte[][] Names(params string[] names) => [.. names.Select(System.Text.Encoding.ASCII.GetBytes)];

    private static bool Has(in ReadOnlySequence<byte> body, byte[][] names)
    {
        foreach (var name in names)
            if (new SequenceReader<byte>(body).TryReadTo(out ReadOnlySequence<byte> _, name))
                return true;
        return false;
    }

    /// <summary>As many images as there are names of one, at the most.</summary>
    private static long Images(in ReadOnlySequence<byte> body)
    {
        long count = 0;
        foreach (var name in Inline)
        {
            var reader = new SequenceReader<byte>(body);
            while (reader.TryReadTo(out ReadOnlySequence<byte> _, name))
                count++;
        }

        return count;
    }
}
