using Tollgate.Accounting.Usage;
using Tollgate.Operations.Reports;

namespace Tollgate.Delivery.Pdf;

/// <summary>Draws a table over as many pages as it takes; each begins with its titles.</summary>
internal sealed class ReportTable(ReportPages pages, UsageTotals whole)
{
    private const double RowHeight = 15;
    private const double Padding = 4;

    private static readonly PdfStyle Plain = ReportStyle.Regular(8.5, ReportStyle.Ink);
    private static readonly PdfStyle Strong = ReportStyle.Bold(8.5, ReportStyle.Ink);

    /// <summary>The columns behind the name, which has the rest of the width.</summary>
    private static readonly (string Title, double Width, Func<UsageTotals, UsageTotals, string> Text)[] Columns =
    [
        ("Calls", 48, static (totals, _) => ReportFormatter.Count(totals.Calls)),
        ("Unpriced", 46, static (totals, _) => ReportFormatter.Count(totals.Unpriced)),
        ("Input tokens", 66, static (totals, _) => ReportFormatter.Count(totals.Usage.InputTokens)),
        ("Output tokens", 70, static (totals, _) => ReportFormatter.Count(totals.Usage.OutputTokens)),
        ("Cost (USD)", 72, static (totals, _) => ReportFormatter.Cost(totals)),
        ("Share", 40, static (totals, whole) => ReportFormatter.Share(totals.Cost, whole.Cost)),
    ];

    private static readonly double NameWidth = ReportPages.Width - Columns.Sum(static column => column.Width);

    public void Draw(ReportSection section)
    {
        pages.Ensure(24 + (3 * RowHeight)); // A title never stands alone at the foot of a page.
        pages.WriteLine(section.Title, ReportStyle.Bold(12, ReportStyle.Ink), 20);
        Titles(section);
        for (var i = 0; i < section.Rows.Count; i++)
        {
            // The last row takes the sums with it.
            if (pages.Ensure(i == section.Rows.Count - 1 ? 2 * RowHeight : RowHeight))
                Titles(section);
            Row(section.Rows[i].Name, section.Rows[i].Totals, Plain, i % 2 == 1);
        }

        pages.DrawRule();
        Row("Total", whole, Strong, isShaded: false);
        pages.Y += 18;
    }

    private void Titles(ReportSection section)
    {
        Cells(section.NameTitle, static column => column.Title, Strong with { Color = ReportStyle.Faint });
        pages.Y += RowHeight;
        pages.DrawRule();
    }

    private void Row(string name, UsageTotals totals, PdfStyle style, bool isShaded)
    {
        if (isShaded)
            pages.Page.Fill(ReportStyle.Shade, ReportPages.Left, pages.Y, ReportPages.Width, RowHeight);
        Cells(name, column => column.Text(totals, whole), style);
        pages.Y += RowHeight;
    }

    private void Cells(
        string name,
        Func<(string Title, double Width, Func<UsageTotals, UsageTotals, string> Text), string> textOf,
        PdfStyle style
    )
    {
        var y = pages.Y + ((RowHeight - style.LineHeight) / 2);
        pages.Write(name, style, new TextBox(ReportPages.Left + Padding, y, NameWidth - (2 * Padding)));
        var x = ReportPages.Left + NameWidth;
        foreach (var column in Columns)
        {
            pages.Write(textOf(column), style, new TextBox(x, y, column.Width - Padding, IsRightAligned: true));
            x += column.Width;
        }
    }
}
