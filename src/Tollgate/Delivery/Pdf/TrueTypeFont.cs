using System.Buffers.Binary;
using System.Text;

namespace Tollgate.Delivery.Pdf;

/// <summary>
/// The parts of a TrueType font that a PDF file needs: its glyphs by character, and their widths. For the fonts in this
/// folder, which are known to be sound.
/// </summary>
internal sealed class TrueTypeFont
{
    private const int Records = 12;
    private const int RecordLength = 16;

    private readonly Dictionary<char, ushort> _glyphs = [];
    private readonly ushort[] _widths;
    private readonly int _unitsPerEm;

    private TrueTypeFont(byte[] file)
    {
        File = file;
        var (head, hhea) = (Table("head"), Table("hhea"));
        _unitsPerEm = U16(head, 18);
        BoundingBox = [.. Enumerable.Range(0, 4).Select(i => Scaled(I16(head, 36 + (2 * i))))];
        (Ascent, Descent) = (Scaled(I16(hhea, 4)), Scaled(I16(hhea, 6)));
        _widths = new ushort[U16(Table("maxp"), 4)];
        ReadWidths(Table("hmtx"), U16(hhea, 34));
        ReadGlyphs(Table("cmap"));
    }

    /// <summary>The font's file as it is embedded.</summary>
    public byte[] File { get; }

    /// <summary>In thousandths of the font's size, as are the other measures.</summary>
    public int Ascent { get; }

    /// <summary>Below the base line, hence negative.</summary>
    public int Descent { get; }

    /// <summary>Left, bottom, right, top.</summary>
    public int[] BoundingBox { get; }

    /// <summary>The characters that the font has, with their glyphs.</summary>
    public IReadOnlyDictionary<char, ushort> Glyphs => _glyphs;

    /// <summary>The width of each glyph.</summary>
    public IEnumerable<int> Widths => _widths.Select(width => Scaled(width));

    /// <summary>A font that is part of the program.</summary>
    public static TrueTypeFont FromResource(string name)
    {
        using var stream =
            typeof(TrueTypeFont).Assembly.GetManifestResourceStream($"Tollgate.Delivery.Pdf.Fonts.{name}.ttf")
            ?? throw new InvalidDataException($"The font {name} is not part of this build.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return new TrueTypeFont(bytes);
    }

    /// <summary>The glyph of a character; 0, an empty box, where the font has none.</summary>
    public ushort GetGlyph(char character) => _glyphs.GetValueOrDefault(character);

    /// <summary>The width of a text in points.</summary>
    public double MeasureWidth(ReadOnlySpan<char> text, double size)
    {
        long sum = 0;
        foreach (var character in text)
            sum += _widths[GetGlyph(character)];
        return sum * size / _unitsPerEm;
    }

    /// <summary>One entry a glyph; those behind the last entry have its width.</summary>
    private void ReadWidths(int table, int entries)
    {
        for (var glyph = 0; glyph < _widths.Length; glyph++)
            _widths[glyph] = U16(table, 4 * Math.Min(glyph, entries - 1));
    }

    private void ReadGlyphs(int table)
    {
        for (var i = 0; i < U16(table, 2); i++)
        {
            var subtable = table + BinaryPrimitives.ReadInt32BigEndian(File.AsSpan(table + 8 + (8 * i)));
            if (U16(subtable, 0) != 4)
                continue;
            ReadSegments(subtable);
            return;
        }

        throw new InvalidDataException("The font has no table of characters in format 4.");
    }

    /// <summary>Format 4: segments of characters, whose glyphs follow one another or stand in a list behind.</summary>
    private void ReadSegments(int subtable)
    {
        var length = U16(subtable, 6);
        var (ends, starts) = (subtable + 14, subtable + 16 + length);
        for (var segment = 0; segment < length; segment += 2)
        {
            var (delta, range) = (U16(starts, length + segment), U16(starts, (2 * length) + segment));
            for (
                int character = U16(starts, segment);
                character <= U16(ends, segment) && character < char.MaxValue;
                character++
            )
            {
                var glyph =
                    range == 0
                        ? character
                        : U16(starts, (2 * length) + segment + range + (2 * (character - U16(starts, segment))));
                if (glyph != 0)
                    glyph = (glyph + delta) & 0xFFFF;
                if (glyph != 0)
                    _glyphs[(char)character] = (ushort)glyph;
            }
        }
    }

    private int Table(string tag)
    {
        for (var record = Records; record < Records + (RecordLength * U16(0, 4)); record += RecordLength)
            if (Encoding.ASCII.GetString(File, record, 4) == tag)
                return BinaryPrimitives.ReadInt32BigEndian(File.AsSpan(record + 8));
        throw new InvalidDataException($"The font has no table '{tag}'.");
    }

    private int Scaled(int units) => units * 1000 / _unitsPerEm;

    private ushort U16(int table, int offset) => BinaryPrimitives.ReadUInt16BigEndian(File.AsSpan(table + offset));

    private short I16(int table, int offset) => BinaryPrimitives.ReadInt16BigEndian(File.AsSpan(table + offset));
}
