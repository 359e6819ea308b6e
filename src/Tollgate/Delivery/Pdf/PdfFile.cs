using System.Globalization;
using System.Text;

namespace Tollgate.Delivery.Pdf;

/// <summary>
/// A PDF file of text, lines and rectangles. The same drawing results in the same bytes. A library would do far more
/// than that; docs/decisions/0008-pdf.md explains why there is none.
/// </summary>
internal sealed class PdfFile
{
    private readonly List<PdfPage> _pages = [];

    public required string Title { get; init; }

    public required DateTimeOffset MadeAt { get; init; }

    public IReadOnlyList<PdfPage> Pages => _pages;

    public PdfPage AddPage()
    {
        _pages.Add(new PdfPage());
        return _pages[^1];
    }

    public void Save(Stream output)
    {
        var objects = new PdfObjects();
        var tree = objects.Reserve();
        var fonts = string.Join(' ', PdfFont.All.Select(font => $"/{font.Resource} {font.Write(objects)} 0 R"));
        var kids = _pages.ConvertAll(page => AddPage(objects, page, tree, fonts));
        objects.Set(
            tree,
            $"<< /Type /Pages /Count {kids.Count} /Kids "
                + $"[{string.Join(' ', kids.Select(static kid => $"{kid} 0 R"))}] >>"
        );
        var catalog = objects.Add(
            $"<< /Type /Catalog /Pages {tree} 0 R /Lang (en) /ViewerPreferences << /DisplayDocTitle true >> >>"
        );
        var made = MadeAt.UtcDateTime.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
        objects.Save(
            output,
            catalog,
            objects.Add(
                $"<< /Title {Unicode(Title)} /Creator (Tollgate) /Producer (Tollgate) /CreationDate (D:{made}Z) >>"
            )
        );
    }

    private static int AddPage(PdfObjects objects, PdfPage page, int tree, string fonts)
    {
        var contents = objects.AddStream(page.Contents, "");
        return objects.Add(
            string.Create(
                CultureInfo.InvariantCulture,
                $"<< /Type /Page /Parent {tree} 0 R /MediaBox [0 0 {PdfPage.Width} {PdfPage.Height}] /Resources << "
                    + $"/Font << {fonts} >> >> /Contents {contents} 0 R >>"
            )
        );
    }

    private static string Unicode(string text) =>
        $"<FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text))}>";
}
