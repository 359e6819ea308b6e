namespace Tollgate.Charts;

/// <summary>A difference, with its interval if it has one.</summary>
internal readonly record struct DifferenceBar(string Name, double Difference, double? Low, double? High, string Label);

/// <summary>Differences from 0, to the left and to the right.</summary>
/// <param name="Title">The description of the chart.</param>
/// <param name="Bars">The differences.</param>
internal sealed record DifferenceChart(string Title, IReadOnlyList<DifferenceBar> Bars)
{
    private const double Width = 960,
        Left = 190,
        Right = 230,
        Top = 48,
        Row = 34,
        Foot = 34,
        Thick = 16;

    public double FullHeight => Top + (Row * Bars.Count) + Foot;

    public string ToSvg() => SvgDrawing.Create(Width, FullHeight, Title, Draw);

    public void Draw(SvgDrawing drawing)
    {
        drawing.Text(Title, 16, 24, style: "title");
        var axis = NumberAxis.Create(
            Math.Min(0, Bars.Min(static bar => bar.Low ?? bar.Difference)),
            Math.Max(0, Bars.Max(static bar => bar.High ?? bar.Difference)),
            Left,
            Width - Right
        );
        axis.Draw(drawing, Top - 6, Top + (Row * Bars.Count));
        for (var index = 0; index < Bars.Count; index++)
        {
            var bar = Bars[index];
            var y = Top + (Row * index) + (Row / 2);
            var (from, to) = (axis.X(Math.Min(0, bar.Difference)), axis.X(Math.Max(0, bar.Difference)));
            drawing.Text(NumberAxis.Truncate(bar.Name), Left - 12, y + 4, "end");
            drawing.Box("bar", from, y - (Thick / 2), Math.Max(1, to - from), Thick);
            if (bar is { Low: { } low, High: { } high })
                drawing.Line("mark", axis.X(low), y, axis.X(high), y);
            drawing.Text(bar.Label, Width - Right + 16, y + 4);
        }
    }
}
