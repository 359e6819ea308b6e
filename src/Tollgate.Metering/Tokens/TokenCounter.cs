namespace Tollgate.Metering.Tokens;

/// <summary>
/// Counts the tokens of a text as the provider would: exactly for OpenAI's encodings, otherwise by
/// <see cref="TokenEstimate"/>. Immutable and thread-safe.
/// </summary>
/// <remarks>
/// A count is the length of what <c>encode_ordinary</c> of OpenAI's tiktoken returns: special tokens such as
/// <c>&lt;|endoftext|&gt;</c> count as ordinary text. Invalid Unicode counts as U+FFFD.
/// Counting does not allocate; a table (9 or 5 MB of memory) is read when it is first used.
/// </remarks>
public sealed class TokenCounter
{
    private static readonly TokenCounter Estimating = new("estimate", TokenEncoding.Estimate, null);
    private static readonly TokenCounter Cl100k = Create<Cl100kPieces>("cl100k_base", TokenEncoding.Cl100kBase);
    private static readonly TokenCounter O200k = Create<O200kPieces>("o200k_base", TokenEncoding.O200kBase);

    private readonly Lazy<BytePairEncoding>? _encoding;

    private TokenCounter(string name, TokenEncoding kind, Lazy<BytePairEncoding>? encoding) =>
        (Name, Encoding, _encoding) = (name, kind, encoding);

    /// <summary>The counter's method: <c>o200k_base</c>, <c>cl100k_base</c> or <c>estimate</c>.</summary>
    public string Name { get; }

    /// <summary>The encoding that this counter uses.</summary>
    public TokenEncoding Encoding { get; }

    /// <summary>True if a count is exact.</summary>
    public bool IsExact => _encoding is not null;

    /// <summary>
    /// The counter for a model: by its exact name or the prefixes of tiktoken's own table (<c>gpt-4o-</c>,
    /// <c>gpt-5</c>, <c>ft:gpt-4</c> …); by estimate for every other model.
    /// </summary>
    public static TokenCounter ForModel(string model) => For(ModelEncodings.ForModel(model));

    /// <summary>The counter for an encoding.</summary>
    public static TokenCounter For(TokenEncoding encoding) =>
        encoding switch
        {
            TokenEncoding.Cl100kBase => Cl100k,
            TokenEncoding.O200kBase => O200k,
            _ => Estimating,
        };

    /// <summary>
    /// The tokens of a chat request in addition to those of its messages' contents, roles and names: 3 for each
    /// message, 1 for each name, 3 for the start of the reply (OpenAI Cookbook, "How to count tokens with tiktoken",
    /// for the models from gpt-3.5-turbo-0613 and gpt-4-0613 on). Tools and images are not included.
    /// </summary>
    public static long ChatOverhead(int messages, int names) => 3L * messages + names + 3;

    /// <summary>Counts the tokens of a text.</summary>
    public long Count(ReadOnlySpan<char> text)
    {
        if (_encoding is null)
            return TokenEstimate.FromByteCount(System.Text.Encoding.UTF8.GetByteCount(text));
        using var utf8 = Utf8Text.FromUtf16(text);
        return _encoding.Value.Count(utf8.Bytes);
    }

    /// <summary>Counts the tokens of a text in UTF-8.</summary>
    public long Count(ReadOnlySpan<byte> utf8)
    {
        if (_encoding is null)
            return TokenEstimate.FromByteCount(utf8.Length);
        if (Utf8Text.IsValid(utf8))
            return _encoding.Value.Count(utf8);
        using var replaced = Utf8Text.FromInvalidUtf8(utf8);
        return _encoding.Value.Count(replaced.Bytes);
    }

    /// <summary>The tokens themselves, for the tests.</summary>
    internal IReadOnlyList<int> Encode(string text)
    {
        using var utf8 = Utf8Text.FromUtf16(text);
        var tokens = new List<int>();
        _encoding!.Value.Encode(utf8.Bytes, tokens);
        return tokens;
    }

    private static TokenCounter Create<TPieces>(string name, TokenEncoding kind)
        where TPieces : struct, IPieces =>
        new(name, kind, new Lazy<BytePairEncoding>(() => new TableEncoding<TPieces>(BuiltInRanks.Read(name))));
}
