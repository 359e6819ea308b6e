using System.Globalization;
using Tollgate.Analytics.Simulation.Questions;

namespace Tollgate.Charts;

/// <summary>How far individual numbers move an amount, widest swing on top.</summary>
/// <param name="Title">The description of the chart.</param>
/// <param name="Bars">The swings, the widest first.</param>
internal sealed record TornadoChart(string Title, IReadOnlyList<TornadoBar> Bars)
{
    private const double Width = 960,
        Left = 300,
        Right = 40,
        Top = 64,
        Row = 28,
        Foot = 34,
        Thick = 16;
    private const int MaxBars = 20,
        MaxNameLength = 42;

    public double FullHeight => Top + (Row * Math.Max(1, Math.Min(MaxBars, Bars.Count))) + Foot;

    public string ToSvg() => SvgDrawing.Create(Width, FullHeight, Title, Draw);

    public void Draw(SvgDrawing drawing)
    {
        drawing.Text(Title, 16, 24, style: "title");
        if (Bars.Count == 0)
        {
            drawing.Text("No number changes anything.", Width / 2, 84, "middle");
            return;
        }

        drawing.Text(
            $"pale: at the lower value, full: at the higher "
                + $"one{(Bars.Count > MaxBars ? $"; the widest {MaxBars} of {Bars.Count}" : "")}",
            16,
            44
        );
        var shown = Bars.Take(MaxBars).ToArray();
        var axis = NumberAxis.Create(
            shown.Min(static bar => Math.Min(bar.MeanAtLow, bar.MeanAtHigh)),
            shown.Max(static bar => Math.Max(bar.MeanAtLow, bar.MeanAtHigh)),
            Left,
            Width - Right
        );
        axis.Draw(drawing, Top - 6, Top + (Row * shown.Length));
        for (var index = 0; index < shown.Length; index++)
        {
            var y = Top + (Row * index) + (Row / 2);
            drawing.Text(NumberAxis.Truncate(shown[index].Parameter, MaxNameLength), Left - 12, y + 4, "end");
            Half(drawing, axis, "area", (shown[index].Mean, shown[index].MeanAtLow), y);
            Half(drawing, axis, "bar", (shown[index].Mean, shown[index].MeanAtHigh), y);
        }

        var middle = axis.X(shown[0].Mean);
        drawing.Line("mark", middle, Top - 6, middle, Top + (Row * shown.Length));
        drawing.Text(shown[0].Mean.ToString("N2", CultureInfo.InvariantCulture), middle, Top - 10, "middle", "marked");
    }

    private static void Half(
        SvgDrawing drawing,
        NumberAxis axis,
        string style,
        (double Mean, double End) span,
        double y
    )
    {
        var (from, to) = (axis.X(Math.Min(span.Mean, span.End)), axis.X(Math.Max(span.Mean, span.End)));
        drawing.Box(style, from, y - (Thick / 2), to - from, Thick);
    }
}
