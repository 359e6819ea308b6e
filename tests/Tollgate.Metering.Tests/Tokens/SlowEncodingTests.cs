using Tollgate.Metering.Tokens;

namespace Tollgate.Metering.Tests.Tokens;

/// <summary>Against the definition, on texts that are dense in what the patterns decide by.</summary>
public sealed class SlowEncodingTests
{
    private const string Deciding =
        "aAbBsSſtTrReEvVmMlLdDǅʰªー中文한\u0301\u0900\u20DD''''1²Ⅷ٣   "
        + "\t\n\r\u00A0\u3000\u0085\u2028.,/!_-…\u200B\u0378\uFFFD";

    [Fact]
    [Trait("Needs", "Time")]
    public void Ten_thousand_mixtures_of_deciding_characters_are_cut_and_merged_as_defined()
    {
        var random = new Random(7);
        for (var i = 0; i < 10_000; i++)
        {
            var text = string.Create(random.Next(40), random, static (span, random) => random.GetItems(Deciding, span));
            TokenCounter.For(TokenEncoding.O200kBase).Encode(text).ShouldBe(SlowEncoding.O200k.Encode(text), text);
            TokenCounter.For(TokenEncoding.Cl100kBase).Encode(text).ShouldBe(SlowEncoding.Cl100k.Encode(text), text);
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(30)]
    public void Long_pieces_of_few_letters_are_merged_as_defined(int letters)
    {
        var random = new Random(11);
        var alphabet = "etaoinshrdlucmfwypvbgkjqxzaeiou"[..letters];
        for (var length = 90; length < 600; length += 7)
        {
            var text = string.Create(
                length,
                (random, alphabet),
                static (span, state) => state.random.GetItems(state.alphabet, span)
            );
            TokenCounter.For(TokenEncoding.O200kBase).Encode(text).ShouldBe(SlowEncoding.O200k.Encode(text), text);
        }
    }
}
