using System.Text;
using Tollgate.Identity.Passwords;

namespace Tollgate.Identity.Tests.Passwords;

public sealed class UnicodeCompositionTests
{
    [Theory]
    [InlineData("plain ASCII", "plain ASCII")]
    [InlineData("e\u0301", "\u00e9")]
    [InlineData("\u212b", "\u00c5")] // The sign of the angstrom is the letter.
    [InlineData("q\u0307\u0323", "q\u0323\u0307")] // Marks in the order of their classes.
    [InlineData("\u1e0b\u0323", "\u1e0d\u0307")]
    [InlineData("a\u0315\u0300\u05ae\u0300b", "\u00e0\u05ae\u0300\u0315b")]
    [InlineData("\u1112\u1161\u11ab", "\ud55c")] // Hangul
    [InlineData("\ud558\u11ab", "\ud55c")]
    [InlineData("\u0958", "\u0915\u093c")] // Excluded from composition.
    [InlineData("\ufb01", "\ufb01")] // A ligature is another character, not another form.
    [InlineData("\u0301e", "\u0301e")]
    [InlineData("\ud834\udd5e", "\ud834\udd57\ud834\udd65")] // Outside the first plane.
    public void Composes_as_Unicode_defines_it(string text, string composed) =>
        UnicodeComposition.Compose(text).ShouldBe(composed);

    /// <summary>Random texts of marks and letters, composed by another implementation.</summary>
    [Fact]
    public void Composes_random_texts_as_another_implementation_does()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "composition-cases.txt");
        var count = 0;
        foreach (var line in File.ReadLines(path))
        {
            var (text, composed) = (ReadText(line.Split(';')[0]), ReadText(line.Split(';')[1]));
            UnicodeComposition.Compose(text).ShouldBe(composed, line);
            UnicodeComposition.Compose(composed).ShouldBe(composed, line);
            count++;
        }

        count.ShouldBeGreaterThan(500);
    }

    [Fact]
    public void Replaces_an_unpaired_surrogate() => UnicodeComposition.Compose("a\ud83d").ShouldBe("a\ufffd");

    private static string ReadText(string points) =>
        string.Concat(points.Split(' ').Select(static point => new Rune(Convert.ToInt32(point, 16)).ToString()));
}
