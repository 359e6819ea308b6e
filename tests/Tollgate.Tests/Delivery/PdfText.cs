using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using Tollgate.Delivery.Pdf;

namespace Tollgate.Tests.Delivery;

/// <summary>Reads a PDF file back: by its table of objects, so that a wrong table is seen.</summary>
internal sealed partial class PdfText
{
    private readonly byte[] _file;
    private readonly List<int> _places = [];

    public PdfText(byte[] file)
    {
        _file = file;
        var text = Encoding.Latin1.GetString(file);
        text.ShouldStartWith("%PDF-1.7\n");
        text.ShouldEndWith("%%EOF\n");
        var table = int.Parse(Start().Match(text).Groups[1].Value);
        text[table..].ShouldStartWith("xref\n0 ");
        foreach (Match entry in Entry().Matches(text[table..]))
        {
            var place = int.Parse(entry.Groups[1].Value);
            text[place..].ShouldStartWith($"{_places.Count + 1} 0 obj\n");
            _places.Add(place);
        }

        Pages =
        [
            .. _places
                .Select(place => ObjectAt(text, place))
                .Where(value => value.Contains("/Type /Page "))
                .Select(page => Lines(text, int.Parse(Contents().Match(page).Groups[1].Value))),
        ];
    }

    /// <summary>The lines of text of each page, in the order in which they were written.</summary>
    public List<List<string>> Pages { get; }

    public IEnumerable<string> Lines() => Pages.SelectMany(page => page);

    private List<string> Lines(string text, int contents)
    {
        var place = _places[contents - 1];
        var start = text.IndexOf("stream\n", place, StringComparison.Ordinal) + "stream\n".Length;
        var length = int.Parse(Length().Match(text, place).Groups[1].Value);
        text[(start + length)..].ShouldStartWith("\nendstream\nendobj\n");
        using var unpacked = new MemoryStream();
        using (var zlib = new ZLibStream(new MemoryStream(_file, start, length), CompressionMode.Decompress))
            zlib.CopyTo(unpacked);
        return
        [
            .. Shown()
                .Matches(Encoding.ASCII.GetString(unpacked.ToArray()))
                .Select(shown =>
                    Decode(shown.Groups[2].Value, shown.Groups[1].Value == "F1" ? PdfFont.Regular : PdfFont.Bold)
                ),
        ];
    }

    private static string Decode(string glyphs, PdfFont font) =>
        string.Concat(
            glyphs
                .Chunk(4)
                .Select(glyph =>
                    font.Face.Glyphs.First(pair => pair.Value == Convert.ToUInt16(new string(glyph), 16)).Key
                )
        );

    private static string ObjectAt(string text, int place) =>
        text[place..text.IndexOf("endobj", place, StringComparison.Ordinal)];

    [GeneratedRegex(@"startxref\n(\d+)\n%%EOF")]
    private static partial Regex Start();

    [GeneratedRegex(@"^(\d{10}) 00000 n $", RegexOptions.Multiline)]
    private static partial Regex Entry();

    [GeneratedRegex(@"/Contents (\d+) 0 R")]
    private static partial Regex Contents();

    [GeneratedRegex(@"/Length (\d+)")]
    private static partial Regex Length();

    [GeneratedRegex(@"/(F\d) [\d.]+ Tf [\d.-]+ [\d.-]+ Td <([0-9A-F]*)> Tj")]
    private static partial Regex Shown();
}
