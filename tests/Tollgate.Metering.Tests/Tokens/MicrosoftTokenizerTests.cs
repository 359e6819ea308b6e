using Microsoft.ML.Tokenizers;
using Tollgate.Metering.Tokens;

namespace Tollgate.Metering.Tests.Tokens;

/// <summary>
/// Compares with Microsoft.ML.Tokenizers: for texts of the basic plane, since its regular expressions see surrogates,
/// and without special tokens, which it does not count as ordinary text.
/// </summary>
public sealed class MicrosoftTokenizerTests
{
    private const int Seed = 20261130;

    [Theory]
    [InlineData("o200k_base", TokenEncoding.O200kBase)]
    [InlineData("cl100k_base", TokenEncoding.Cl100kBase)]
    public void Five_thousand_texts_have_the_same_tokens(string name, TokenEncoding encoding)
    {
        var peer = TiktokenTokenizer.CreateForEncoding(name);
        var counter = TokenCounter.For(encoding);

        var texts = new Texts(Seed)
            .Take(5_000)
            .Where(static text => !text.Any(char.IsSurrogate) && !text.Contains("<|", StringComparison.Ordinal))
            .ToList();
        texts.Count.ShouldBeGreaterThan(1_000);
        foreach (var text in texts)
            counter.Encode(text).ShouldBe(peer.EncodeToIds(text), System.Text.Json.JsonSerializer.Serialize(text));
    }
}
