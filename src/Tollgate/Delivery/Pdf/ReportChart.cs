using System.Globalization;
using Tollgate.Accounting.Usage;
using Tollgate.Charts;

namespace Tollgate.Delivery.Pdf;

/// <summary>Draws the cost over time as bars.</summary>
internal sealed class ReportChart(ReportPages pages)
{
    private const double Height = 150;
    private const double AxisWidth = 56;
    private const double LabelWidth = 56;

    private static readonly PdfStyle Small = ReportStyle.Regular(7.5, ReportStyle.Faint);

    /// <summary>Where the bars stand.</summary>
    private const double X = ReportPages.Left + AxisWidth;
    private const double Width = ReportPages.Width - AxisWidth;

    public void Draw(IReadOnlyList<UsagePoint> bars, UsageBucket bucket)
    {
        pages.Ensure(Height + 60);
        pages.WriteLine(
            $"Cost per {bucket.ToString().ToLowerInvariant()} (USD, UTC)",
            ReportStyle.Bold(12, ReportStyle.Ink),
            24
        );
        var top = ChartScale.RoundUp(bars.Count == 0 ? 0 : bars.Max(static bar => bar.Totals.Cost.Usd));
        var foot = pages.Y + Height;
        if (bars.Count > 0)
            Grid(foot, top);
        if (bars.Count == 0)
            pages.Write(
                "No usage in this period.",
                ReportStyle.Regular(10, ReportStyle.Faint),
                new TextBox(X + 12, foot - (Height / 2) - 6, Width)
            );
        else
            Bars(foot, bars, bucket, top);
        pages.Y = foot + 34;
    }

    private void Grid(double foot, decimal top)
    {
        for (var step = 0; step <= 4; step++)
        {
            var y = foot - (Height * step / 4);
            pages.Page.Line(step == 0 ? ReportStyle.Faint : ReportStyle.Rule, 0.5, (X, y), (X + Width, y));
            pages.Write(
                ChartScale.Label(top * step / 4, top),
                Small,
                new TextBox(ReportPages.Left, y - (Small.LineHeight / 2), AxisWidth - 6, IsRightAligned: true)
            );
        }
    }

    private void Bars(double foot, IReadOnlyList<UsagePoint> bars, UsageBucket bucket, decimal top)
    {
        var step = Width / bars.Count;
        var (width, every) = (Math.Min(step * 0.72, 40), (int)Math.Ceiling(LabelWidth / step));
        for (var i = 0; i < bars.Count; i++)
        {
            var middle = X + (step * (i + 0.5));
            // Corrections can make a bar negative; it has no height then. The least is seen as a line.
            var part = bars[i].Totals.Cost.Usd / top;
            var height = Math.Max(Height * decimal.ToDouble(part), 0.75);
            if (part > 0)
                pages.Page.Fill(ReportStyle.Accent, middle - (width / 2), foot - height, width, height);
            if (i % every == 0)
                Label(bars[i].Start, bucket, middle, foot);
        }
    }

    private void Label(DateTimeOffset start, UsageBucket bucket, double middle, double foot)
    {
        var text = start.UtcDateTime.ToString(
            bucket == UsageBucket.Month ? "yyyy-MM" : "yyyy-MM-dd",
            CultureInfo.InvariantCulture
        );
        pages.Page.Line(ReportStyle.Faint, 0.5, (middle, foot), (middle, foot + 3));
        var width = Small.MeasureWidth(text);
        pages.Page.Text(text, Small, Math.Clamp(middle - (width / 2), ReportPages.Left, X + Width - width), foot + 5);
    }
}
