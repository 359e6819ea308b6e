using System.Collections.Frozen;

namespace Tollgate.Metering.Tokens;

/// <summary>
/// The encodings of OpenAI's models: the table of <c>tiktoken/model.py</c> (October 2026), limited to the two current
/// encodings.
/// </summary>
internal static class ModelEncodings
{
    private static readonly FrozenDictionary<string, TokenEncoding> Names = new Dictionary<string, TokenEncoding>
    {
        ["o1"] = TokenEncoding.O200kBase,
        ["o3"] = TokenEncoding.O200kBase,
        ["o4-mini"] = TokenEncoding.O200kBase,
        ["gpt-4.1"] = TokenEncoding.O200kBase,
        ["gpt-4o"] = TokenEncoding.O200kBase,
        ["gpt-4"] = TokenEncoding.Cl100kBase,
        ["gpt-3.5-turbo"] = TokenEncoding.Cl100kBase,
        ["gpt-3.5"] = TokenEncoding.Cl100kBase,
        ["gpt-35-turbo"] = TokenEncoding.Cl100kBase,
        ["davinci-002"] = TokenEncoding.Cl100kBase,
        ["babbage-002"] = TokenEncoding.Cl100kBase,
        ["text-embedding-ada-002"] = TokenEncoding.Cl100kBase,
        ["text-embedding-3-small"] = TokenEncoding.Cl100kBase,
        ["text-embedding-3-large"] = TokenEncoding.Cl100kBase,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly (string Prefix, TokenEncoding Encoding)[] Prefixes =
    [
        ("o1-", TokenEncoding.O200kBase),
        ("o3-", TokenEncoding.O200kBase),
        ("o4-mini-", TokenEncoding.O200kBase),
        ("gpt-5", TokenEncoding.O200kBase),
        ("gpt-4.5-", TokenEncoding.O200kBase),
        ("gpt-4.1-", TokenEncoding.O200kBase),
        ("chatgpt-4o-", TokenEncoding.O200kBase),
        ("gpt-4o-", TokenEncoding.O200kBase),
        ("gpt-4-", TokenEncoding.Cl100kBase),
        ("gpt-3.5-turbo-", TokenEncoding.Cl100kBase),
        ("gpt-35-turbo-", TokenEncoding.Cl100kBase),
        // o200k_harmony: the same tokens and the same pattern, with other special tokens, which count as text here.
        ("gpt-oss-", TokenEncoding.O200kBase),
        ("ft:gpt-4o", TokenEncoding.O200kBase),
        ("ft:gpt-4", TokenEncoding.Cl100kBase),
        ("ft:gpt-3.5-turbo", TokenEncoding.Cl100kBase),
        ("ft:davinci-002", TokenEncoding.Cl100kBase),
        ("ft:babbage-002", TokenEncoding.Cl100kBase),
    ];

    /// <summary>The encoding of a model, by its exact name, otherwise by the first matching prefix.</summary>
    public static TokenEncoding ForModel(string model)
    {
        if (Names.TryGetValue(model, out var named))
            return named;
        foreach (var (prefix, encoding) in Prefixes)
            if (model.StartsWith(prefix, StringComparison.Ordinal))
                return encoding;
        return TokenEncoding.Estimate;
    }
}
