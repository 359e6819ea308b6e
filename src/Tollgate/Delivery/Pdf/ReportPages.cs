namespace Tollgate.Delivery.Pdf;

/// <summary>The pages of a report, filled from the top.</summary>
internal sealed class ReportPages
{
    public const double Left = 48;
    public const double Width = PdfPage.Width - (2 * Left);
    private const double Top = 48;
    private const double Bottom = PdfPage.Height - 56;

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
        Write(Page, text, style, new TextBox(Left, Y, Width));
        Y += advance;
    }

    /// <summary>Writes one line of text in a box of the page under way; <see cref="Y"/> stays.</summary>
    public void Write(string text, PdfStyle style, TextBox box) => Write(Page, text, style, box);

    /// <summary>A line over the whole width, where the page is filled to.</summary>
    public void DrawRule() => Page.Line(ReportStyle.Rule, 0.75, (Left, Y), (Left + Width, Y));

    /// <summary>Numbers the pages, now that it is known how many there are.</summary>
    public void WriteFooters(string text)
    {
        for (var i = 0; i < _file.Pages.Count; i++)
        {
            var page = _file.Pages[i];
            page.Line(ReportStyle.Rule, 0.5, (Left, Bottom + 12), (Left + Width, Bottom + 12));
            Write(page, text, ReportStyle.Regular(8, ReportStyle.Faint), new TextBox(Left, Bottom + 18, Width - 80));
            Write(
                page,
                $"Page {i + 1} of {_file.Pages.Count}",
                ReportStyle.Regular(8, ReportStyle.Faint),
                new TextBox(Left + Width - 80, Bottom + 18, 80, IsRightAligned: true)
            );
        }
    }

    private static void Write(PdfPage page, string text, PdfStyle style, TextBox box)
    {
        var shown = ReportFormatter.TruncateToWidth(style, text, box.Width);
        page.Text(shown, style, box.IsRightAligned ? box.X + box.Width - style.MeasureWidth(shown) : box.X, box.Y);
    }
}
