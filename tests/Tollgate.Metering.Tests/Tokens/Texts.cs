using System.Text;

namespace Tollgate.Metering.Tests.Tokens;

/// <summary>
/// Texts of a seed: scripts, code, numbers, emoji, runs of white space, marks, and all of them mixed.
/// </summary>
internal sealed class Texts(int seed)
{
    private static readonly (int First, int Last)[] Scripts =
    [
        (0x41, 0x7A),
        (0xC0, 0x17F),
        (0x1C0, 0x24F),
        (0x300, 0x36F),
        (0x370, 0x3FF),
        (0x400, 0x4FF),
        (0x530, 0x58F),
        (0x590, 0x5FF),
        (0x600, 0x6FF),
        (0x900, 0x97F),
        (0xE00, 0xE7F),
        (0x10A0, 0x10FF),
        (0x1100, 0x11FF),
        (0x1E00, 0x1FFF),
        (0x2000, 0x20CF),
        (0x2150, 0x218F),
        (0x2C60, 0x2C7F),
        (0x3000, 0x30FF),
        (0x4E00, 0x9FFF),
        (0xAC00, 0xD7A3),
        (0xFB00, 0xFB06),
        (0xFF00, 0xFFEF),
        (0x10400, 0x1044F),
        (0x1D400, 0x1D7FF),
        (0x1F300, 0x1FAFF),
        (0x20000, 0x2A6DF),
        (0xE0100, 0xE01EF),
        (0, 0x10FFFF),
    ];

    private static readonly string[] Words =
    [
        "the",
        "Tokens",
        "HTTPServer",
        "don't",
        "WE'LL",
        "it's",
        "I'M",
        "you'Ve",
        "'s",
        "'ſ",
        "ǅ",
        "naïve",
        "e\u0301",
        "Straße",
        "ﬁn",
        "中文字",
        "日本語です",
        "안녕하세요",
        "привет",
        "Ελλάδα",
        "العربية",
        "हिन्दी",
        "ไทย",
        "👩‍👩‍👧‍👦",
        "🇩🇪",
        "❤️",
        "𝒜𝓫",
        "İstanbul",
        "ªº",
        "Ⅷ",
        "²³",
        "½",
        "antidisestablishmentarianism",
        "<|endoftext|>",
        "snake_case_name",
        "camelCaseName",
        "kebab-case",
        "https://example.com/a?b=c#d",
    ];

    private static readonly string[] Code =
    [
        "if (x != y) {\n    return a[i++];\n}\n",
        "\tfor i in range(10):\r\n\t\tprint(f\"{i}\")\r\n",
        "<div class=\"a\">&nbsp;</div>",
        "// comment\n\n\n",
        "SELECT * FROM t WHERE a >= 1;",
        "{\"a\":[1,2.5e-3,null]}",
        "=>",
        "::",
        "---",
        "/*\n/ \n//*/",
        "\\u0041",
        "$%^&*()",
        "…",
        "——",
        "\0\u0001",
    ];

    private static readonly string[] Spaces =
    [
        " ",
        "  ",
        "    ",
        "\t",
        "\n",
        "\r\n",
        "\n\n",
        " \n ",
        "\u00A0",
        "\u3000",
        "\u2028",
        "\u0085",
        "\u200B",
        "\v\f",
        "\r",
    ];

    private readonly Random _random = new(seed);

    public IEnumerable<string> Take(int count) => Enumerable.Range(0, count).Select(_ => Next());

    public string Next()
    {
        var text = new StringBuilder();
        var kind = _random.Next(8);
        for (var part = _random.Next(1, 24); part > 0; part--)
            AddPart(text, kind < 6 ? kind : _random.Next(6));
        return text.ToString();
    }

    private void AddPart(StringBuilder text, int kind)
    {
        switch (kind)
        {
            case 0:
                text.Append(Pick(Words)).Append(_random.Next(3) == 0 ? "" : " ");
                break;
            case 1:
                text.Append(Pick(Code));
                break;
            case 2:
                Repeat(text, Pick(Spaces));
                break;
            case 3:
                AddScript(text);
                break;
            case 4:
                text.Append(_random.NextInt64(1L << _random.Next(1, 62)))
                    .Append(Pick([".", ",", " ", "", "%", "٣", "¾"]));
                break;
            case 5:
                AddOdd(text);
                break;
        }
    }

    private void AddScript(StringBuilder text)
    {
        var (first, last) = Scripts[_random.Next(Scripts.Length)];
        for (var length = _random.Next(1, 12); length > 0; length--)
            if (Rune.TryCreate(_random.Next(first, last + 1), out var rune))
                text.Append(rune);
    }

    private void AddOdd(StringBuilder text)
    {
        switch (_random.Next(5))
        {
            case 0:
                text.Append((char)_random.Next(0xD800, 0xE000));
                break;
            case 1:
                Repeat(text, ((char)_random.Next(0x21, 0x7F)).ToString());
                break;
            case 2:
                text.Append('\'').Append(Pick(["s", "S", "t", "re", "VE", "m", "lL", "d", "ſ", "x", "r", ""]));
                break;
            case 3:
                text.Append(Pick(["\u0301", "\u0900", "\u20DD", "ʰ", "ー"]))
                    .Append(Pick(["A", "ABC", "a", "1", "中B", " "]));
                break;
            case 4:
                text.Append(Pick(["ABC中D", "XŁ한Y", "ÀÉǈa", "HELLO", "Mc\u0301D"]));
                break;
        }
    }

    private void Repeat(StringBuilder text, string part)
    {
        for (var count = _random.Next(10) == 0 ? _random.Next(200) : _random.Next(1, 6); count > 0; count--)
            text.Append(part);
    }

    private string Pick(string[] choices) => choices[_random.Next(choices.Length)];
}
