using Tollgate.Metering.Tokens;

namespace Tollgate.Metering.Tests.Tokens;

/// <summary>Texts on which an encoder with quadratic work would run for hours; that these end is the test.</summary>
public sealed class LongTextTests
{
    private const int Length = 1 << 20;

    public static TheoryData<string> Parts =>
        ["a", "A", " ", "\n", "ab", "!", "=", "中", "\u0301", "한A", " \n ", "/\n", "1", "👩‍👩‍👧‍👦", "'", "Ab"];

    [Theory]
    [Trait("Needs", "Time")]
    [MemberData(nameof(Parts))]
    public void A_megabyte_of_repetitions_is_counted_in_both_encodings(string part)
    {
        var text = string.Concat(Enumerable.Repeat(part, Length / part.Length)) + "x";
        TokenCounter.For(TokenEncoding.O200kBase).Count(text).ShouldBeInRange(Length / 128 / 4, 4L * Length);
        TokenCounter.For(TokenEncoding.Cl100kBase).Count(text).ShouldBeInRange(Length / 128 / 4, 4L * Length);
    }

    [Fact]
    public void Eight_letters_a_are_a_token_however_many_there_are() =>
        TokenCounter.For(TokenEncoding.Cl100kBase).Count(new string('a', Length)).ShouldBe(Length / 8);
}
