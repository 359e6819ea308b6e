using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Tollgate.Delivery.Pdf;

/// <summary>The numbered objects of a PDF 1.7 file (ISO 32000-1), and the table of where they stand.</summary>
internal sealed class PdfObjects
{
    private readonly List<byte[]> _objects = [];

    /// <summary>Keeps a number for an object that is written later, such as one that others refer to.</summary>
    public int Reserve()
    {
        _objects.Add([]);
        return _objects.Count;
    }

    /// <summary>Adds an object, and gives its number.</summary>
    public int Add(string contents)
    {
        var number = Reserve();
        Set(number, contents);
        return number;
    }

    /// <summary>Writes an object for which a number was kept.</summary>
    public void Set(int number, string contents) => _objects[number - 1] = Encoding.Latin1.GetBytes(contents + "\n");

    /// <summary>Adds a compressed stream, and gives its number.</summary>
    public int AddStream(byte[] contents, string entries)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
            zlib.Write(contents);
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"<< /Length {packed.Length} /Filter /FlateDecode {entries} >>\nstream\n"
        );
        _objects.Add([.. Encoding.ASCII.GetBytes(head), .. packed.ToArray(), .. "\nendstream\n"u8]);
        return _objects.Count;
    }

    /// <summary>Writes the file.</summary>
    public void Save(Stream output, int catalog, int info)
    {
        using var file = new MemoryStream();
        // The bytes beyond ASCII tell programs that move files that this one is not text.
        file.Write([.. "%PDF-1.7\n%"u8, 0xE2, 0xE3, 0xCF, 0xD3, (byte)'\n']);
        var places = new List<long>();
        foreach (var contents in _objects)
        {
            places.Add(file.Position);
            Write(file, $"{places.Count} 0 obj\n");
            file.Write(contents);
            Write(file, "endobj\n");
        }

        var table = file.Position;
        // Each entry of the table has exactly 20 bytes.
        Write(
            file,
            $"xref\n0 {places.Count + 1}\n0000000000 65535 f "
                + "\n"
                + string.Concat(
                    places.Select(static place => place.ToString("D10", CultureInfo.InvariantCulture) + " 00000 n \n")
                )
        );
        Write(
            file,
            $"trailer\n<< /Size {places.Count + 1} /Root {catalog} 0 R /Info {info} 0 R >>\nstartxref\n{table}\n%%EOF\n"
        );
        file.WriteTo(output);
    }

    private static void Write(MemoryStream file, FormattableString text) =>
        file.Write(Encoding.ASCII.GetBytes(text.ToString(CultureInfo.InvariantCulture)));

    private static void Write(MemoryStream file, string text) => file.Write(Encoding.ASCII.GetBytes(text));
}
