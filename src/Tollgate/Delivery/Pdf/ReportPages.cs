namespace Tollgate.Delivery.Pdf;

/// <summary>The pages of a report, filled from the top.</summary>
internal sealed class ReportPages
{
    public const double Left = 48;
    public const double Width = PdfPage.Width - (2 * Left);
    private const double Top = 48;
    private const double Bottom = PdfPage.Height - 56;

    public static readonly PdfColor Ink = new(0x1F, 0x29, 0x37);
    public static readonly PdfColor Faint = new(0x6B, 0x72, 0x80);
    public static readonly PdfColor Rule = new(0xD1, 0xD5, 0xDB);
    public static readonly PdfColor Shade = new(0xF3, 0xF4, 0xF6);
    public static readonly PdfColor Accent = new(0x1D, 0x4E, 0x89);

    private readonly PdfFile _file;

    public ReportPages(PdfFile file)
    {
        _file = file;
        Page = file.AddPage();
    }

    /// <summary>The page that is under way.</summary>
    public PdfPage Page { get; private set; }

    /// <summary>How far down the page is filled.</summary>
    public double Y { get; set; } = Top;

    public static PdfStyle Regular(double size, PdfColor color) => new(PdfFont.Regular, size, color);

    public static PdfStyle Bold(double size, PdfColor color) => new(PdfFont.Bold, size, color);

    /// <summary>True if so much has room below; where it has not, a new page is begun.</summary>
    /// <returns>True if it was.</returns>
    public bool Ensure(double height)
    {
        if (Y + height <= Bottom)
            return false;
        (Page, Y) = (_file.AddPage(), Top);
        return true;
    }

    /// <summary>Writes one line of text over the whole width, and goes down by so much.</summary>
    public void WriteLine(string text, PdfStyle style, double advance)
    {
        Write(Page, text, style, Left, Y, Width);
        Y += advance;
    }

    /// <summary>Writes one line of text in a box of the page under way; <see cref="Y"/> stays.</summary>
    public void Write(string text, PdfStyle style, double x, double y, double width, bool toTheRight = false) =>
        Write(Page, text, style, x, y, width, toTheRight);

    /// <summary>A line over the whole width, where the page is filled to.</summary>
    public void DrawRule() => Page.Line(Rule, 0.75, Left, Y, Left + Width, Y);

    /// <summary>Numbers the pages, now that it is known how many there are.</summary>
    public void WriteFooters(string text)
    {
        for (var i = 0; i < _file.Pages.Count; i++)
        {
            var page = _file.Pages[i];
            page.Line(Rule, 0.5, Left, Bottom + 12, Left + Width, Bottom + 12);
            Write(page, text, Regular(8, Faint), Left, Bottom + 18, Width - 80);
            Write(
                page,
                $"Page {i + 1} of {_file.Pages.Count}",
                Regular(8, Faint),
                Left + Width - 80,
                Bottom + 18,
                80,
                toTheRight: true
            );
        }
    }

    private static void Write(
        PdfPage page,
        string text,
        PdfStyle style,
        double x,
        double y,
        double width,
        bool toTheRight = false
    )
    {
        var shown = ReportFormatter.TruncateToWidth(style, text, width);
        page.Text(shown, style, toTheRight ? x + width - style.MeasureWidth(shown) : x, y);
    }
}
