using Tollgate.Metering.Tokens;

namespace Tollgate.Metering.Tests.Tokens;

/// <summary>Against the real tiktoken.</summary>
[Trait("Needs", "Npm")]
public sealed class TiktokenTests
{
    private const int Seed = 20261101;

    [Theory]
    [InlineData("o200k_base", TokenEncoding.O200kBase)]
    [InlineData("cl100k_base", TokenEncoding.Cl100kBase)]
    public void Ten_thousand_texts_of_all_kinds_have_the_very_same_tokens(string name, TokenEncoding encoding)
    {
        var texts = new Texts(Seed).Take(10_000).ToList();
        var counter = TokenCounter.For(encoding);

        var theirs = Tiktoken.Encode(name, texts);

        theirs.Count.ShouldBe(texts.Count);
        for (var i = 0; i < texts.Count; i++)
        {
            counter
                .Encode(texts[i])
                .ShouldBe(theirs[i], $"text {i}: {System.Text.Json.JsonSerializer.Serialize(texts[i])}");
            counter.Count(texts[i]).ShouldBe(theirs[i].Length);
        }
    }

    [Fact]
    public void Every_code_point_has_the_category_that_tiktokens_regex_engine_gives_it()
    {
        var theirs = Tiktoken.Traits();
        Span<byte> utf8 = stackalloc byte[4];
        for (var point = 0; point < theirs.Length; point++)
        {
            if (!System.Text.Rune.TryCreate(point, out var rune))
                continue;
            var length = rune.EncodeToUtf8(utf8);
            Characters.At(utf8[..length], 0, out var read).ShouldBe((CharTraits)theirs[point], $"U+{point:X4}");
            read.ShouldBe(length);
        }
    }
}
