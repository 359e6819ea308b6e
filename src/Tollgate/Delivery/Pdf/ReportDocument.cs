using System.Globalization;
using Tollgate.Operations.Reports;

namespace Tollgate.Delivery.Pdf;

/// <summary>Draws a report as a PDF file.</summary>
internal static class ReportDocument
{
    public static void Write(UsageReport report, Stream output)
    {
        var file = new PdfFile
        {
            Title = $"Usage report, {ReportFormatter.Period(report.Period)}",
            MadeAt = report.MadeAt,
        };
        var pages = new ReportPages(file);
        Heading(pages, report);
        Tiles(pages, report);
        Notes(pages, report);
        new ReportChart(pages).Draw(report.Bars, report.Bucket);
        var table = new ReportTable(pages, report.Totals);
        foreach (var section in report.Sections)
            table.Draw(section);
        pages.WriteFooters($"Tollgate usage report, {ReportFormatter.Period(report.Period)}");
        file.Save(output);
    }

    private static void Heading(ReportPages pages, UsageReport report)
    {
        var made = report.MadeAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        pages.WriteLine("Usage report", ReportStyle.Bold(22, ReportStyle.Ink), 32);
        pages.WriteLine(ReportFormatter.Period(report.Period), ReportStyle.Regular(12, ReportStyle.Ink), 18);
        pages.WriteLine($"Made {made} UTC. Days are those of UTC.", ReportStyle.Regular(8.5, ReportStyle.Faint), 24);
    }

    private static void Tiles(ReportPages pages, UsageReport report)
    {
        var totals = report.Totals;
        (string Title, string Value)[] tiles =
        [
            ("Cost (USD)", ReportFormatter.Cost(totals)),
            ("Calls", ReportFormatter.Count(totals.Calls)),
            ("Input tokens", ReportFormatter.Count(totals.Usage.InputTokens)),
            ("Output tokens", ReportFormatter.Count(totals.Usage.OutputTokens)),
            ("Cached tokens", ReportFormatter.Count(totals.Usage.CachedTokens)),
            ("Errors", ReportFormatter.Count(totals.Errors)),
            ("Unpriced calls", ReportFormatter.Count(totals.Unpriced)),
            ("Estimated calls", ReportFormatter.Count(totals.Estimated)),
        ];
        const double Gap = 8,
            Height = 44;
        var width = (ReportPages.Width - (3 * Gap)) / 4;
        for (var i = 0; i < tiles.Length; i++)
        {
            var (x, y) = (ReportPages.Left + (i % 4 * (width + Gap)), pages.Y + (i / 4 * (Height + Gap)));
            pages.Page.Fill(ReportStyle.Shade, x, y, width, Height);
            pages.Write(
                tiles[i].Title,
                ReportStyle.Regular(8, ReportStyle.Faint),
                new TextBox(x + 8, y + 6, width - 16)
            );
            pages.Write(tiles[i].Value, ReportStyle.Bold(13, ReportStyle.Ink), new TextBox(x + 8, y + 19, width - 16));
        }

        pages.Y += (2 * Height) + Gap + 12;
    }

    /// <summary>A total that leaves something out, or guesses, is marked as such.</summary>
    private static void Notes(ReportPages pages, UsageReport report)
    {
        var totals = report.Totals;
        Note(pages, $"The exact cost is {totals.Cost} USD.");
        if (totals.Unpriced > 0)
            Note(
                pages,
                $"{ReportFormatter.Count(totals.Unpriced)} calls have no known price: "
                    + "their cost is in no figure of this report."
            );
        if (totals.Estimated > 0)
            Note(
                pages,
                $"The tokens of {ReportFormatter.Count(totals.Estimated)} calls are estimated, because the provider's "
                    + $"statement did not arrive."
            );
        pages.Y += 16;
    }

    private static void Note(ReportPages pages, string text) =>
        pages.WriteLine(text, ReportStyle.Regular(9, ReportStyle.Ink), 14);
}
