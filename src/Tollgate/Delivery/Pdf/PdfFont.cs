using System.Globalization;
using System.Text;

namespace Tollgate.Delivery.Pdf;

/// <summary>A font of the document, embedded whole; text is written as the numbers of its glyphs.</summary>
internal sealed class PdfFont
{
    /// <summary>The most lines in one block of a character map (PDF 1.7, 9.10.3).</summary>
    private const int MaxBlockLines = 100;

    public static readonly PdfFont Regular = new("NotoSans-Regular", "F1");
    public static readonly PdfFont Bold = new("NotoSans-Bold", "F2");

    private readonly string _name;

    private PdfFont(string name, string resource) =>
        (_name, Resource, Face) = (name, resource, TrueTypeFont.FromResource(name));

    public static IReadOnlyList<PdfFont> All { get; } = [Regular, Bold];

    /// <summary>The name that pages use for it.</summary>
    public string Resource { get; }

    public TrueTypeFont Face { get; }

    /// <summary>A text as the operand of the operator that shows it.</summary>
    public string Encode(string text) =>
        string.Concat(text.Select(character => Face.GetGlyph(character).ToString("X4", CultureInfo.InvariantCulture)));

    /// <summary>Writes the font's objects, and gives the number of the one that pages name.</summary>
    public int Write(PdfObjects objects)
    {
        var file = objects.AddStream(
            Face.File,
            string.Create(CultureInfo.InvariantCulture, $"/Length1 {Face.File.Length}")
        );
        var descriptor = objects.Add(
            string.Create(
                CultureInfo.InvariantCulture,
                $"<< /Type /FontDescriptor /FontName /{_name} /Flags 32 /FontBBox "
                    + $"[{string.Join(' ', Face.BoundingBox)}] /ItalicAngle 0 /Ascent {Face.Ascent} /Descent "
                    + $"{Face.Descent} /CapHeight {Face.Ascent} /StemV 80 /FontFile2 {file} 0 R >>"
            )
        );
        var glyphs = objects.Add(
            $"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{_name} /CIDSystemInfo << /Registry (Adobe) /Ordering "
                + $"(Identity) /Supplement 0 >> "
                + $"/FontDescriptor {descriptor} 0 R /CIDToGIDMap /Identity /W [0 [{string.Join(' ', Face.Widths)}]] >>"
        );
        var characters = objects.AddStream(Encoding.ASCII.GetBytes(CharacterMap()), "");
        return objects.Add(
            $"<< /Type /Font /Subtype /Type0 /BaseFont /{_name} /Encoding /Identity-H /DescendantFonts [{glyphs} 0 R] "
                + $"/ToUnicode {characters} 0 R >>"
        );
    }

    /// <summary>Which character a glyph is, so that the text can be searched and copied.</summary>
    private string CharacterMap()
    {
        var map = new StringBuilder(
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /Tollgate def\n/CMapType 2 "
                + "def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        );
        foreach (
            var block in Face
                .Glyphs.DistinctBy(static pair => pair.Value)
                .OrderBy(static pair => pair.Value)
                .Chunk(MaxBlockLines)
        )
        {
            map.Append(CultureInfo.InvariantCulture, $"{block.Length} beginbfchar\n");
            foreach (var (character, glyph) in block)
                map.Append(CultureInfo.InvariantCulture, $"<{glyph:X4}> <{(int)character:X4}>\n");
            map.Append("endbfchar\n");
        }

        return map.Append("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n").ToString();
    }
}
