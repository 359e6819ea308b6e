using System.Globalization;
using System.Text;

namespace Tollgate.Charts;

/// <summary>An amount over time, as an area, with its peak labeled.</summary>
/// <param name="Title">The description of the chart.</param>
/// <param name="Points">The maximum of each of the equal intervals that the period is divided into.</param>
/// <param name="From">The start of the first interval.</param>
/// <param name="To">The end of the last interval.</param>
/// <param name="Peak">The time and label of the peak; null if there is none.</param>
internal sealed record TimeChart(
    string Title,
    IReadOnlyList<decimal> Points,
    DateTimeOffset From,
    DateTimeOffset To,
    (DateTimeOffset At, decimal Amount, string Label)? Peak
)
{
    private const double Width = 960,
        Height = 300,
        Left = 92,
        Right = 16,
        Top = 56,
        Bottom = 36;
    private const double PlotWidth = Width - Left - Right,
        PlotHeight = Height - Top - Bottom;

    /// <summary>As many points as there are pixels.</summary>
    public const int MaxPoints = (int)PlotWidth;

    public const double FullWidth = Width,
        FullHeight = Height;

    public string ToSvg() => SvgDrawing.Create(Width, Height, Title, Draw);

    public void Draw(SvgDrawing drawing)
    {
        drawing.Text(Title, 16, 24, style: "title");
        var top = ChartScale.RoundUp(Points.Count == 0 ? 0 : Points.Max());
        for (var step = 0; step <= 4; step++)
        {
            var y = Top + PlotHeight - (PlotHeight * step / 4);
            drawing.Line(step == 0 ? "axis" : "grid", Left, y, Left + PlotWidth, y);
            drawing.Text(ChartScale.Label(top * step / 4, top), Left - 8, y + 4, "end");
        }

        if (Points.Count == 0)
        {
            drawing.Text("Nothing to show.", Left + (PlotWidth / 2), Top + (PlotHeight / 2), "middle");
            return;
        }

        drawing.Path("area", Outline(top, isClosed: true));
        drawing.Path("line", Outline(top, isClosed: false));
        for (var tick = 0; tick <= 4; tick++)
            drawing.Text(
                TimeLabel(From + ((To - From) / 4 * tick)),
                Left + (PlotWidth * tick / 4),
                Height - 14,
                tick switch
                {
                    0 => "start",
                    4 => "end",
                    _ => "middle",
                }
            );
        if (Peak is { } peak)
            Mark(drawing, peak, top);
    }

    private void Mark(SvgDrawing drawing, (DateTimeOffset At, decimal Amount, string Label) peak, decimal top)
    {
        var x = Left + (PlotWidth * Math.Clamp((peak.At - From) / (To - From), 0, 1));
        var y = Y(peak.Amount, top);
        drawing.Line("mark", x, y, x, Top - 8);
        drawing.Dot("mark", x, y, 3.5);
        var share = (x - Left) / PlotWidth;
        drawing.Text(
            peak.Label,
            x,
            Top - 14,
            share < 0.25 ? "start"
                : share > 0.75 ? "end"
                : "middle",
            "marked"
        );
    }

    /// <summary>All intervals have the same width; each amount is a step.</summary>
    private string Outline(decimal top, bool isClosed)
    {
        var path = new StringBuilder(
            isClosed ? $"M{SvgDrawing.Number(Left)} {SvgDrawing.Number(Top + PlotHeight)}" : ""
        );
        for (var index = 0; index < Points.Count; index++)
        {
            var y = SvgDrawing.Number(Y(Points[index], top));
            path.Append(index == 0 && !isClosed ? 'M' : 'L').Append(X(index)).Append(' ').Append(y);
            path.Append('L').Append(X(index + 1)).Append(' ').Append(y);
        }

        return isClosed
            ? path.Append(
                    CultureInfo.InvariantCulture,
                    $"L{SvgDrawing.Number(Left + PlotWidth)} {SvgDrawing.Number(Top + PlotHeight)}Z"
                )
                .ToString()
            : path.ToString();
    }

    private string X(int index) => SvgDrawing.Number(Left + (PlotWidth * index / Points.Count));

    private static double Y(decimal amount, decimal top) =>
        Top + PlotHeight - (PlotHeight * decimal.ToDouble(amount / top));

    private string TimeLabel(DateTimeOffset moment) =>
        moment.ToString(
            To - From > TimeSpan.FromDays(3) ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm",
            CultureInfo.InvariantCulture
        );
}
