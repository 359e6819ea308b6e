namespace Tollgate.Charts;

/// <summary>Amounts by name as horizontal bars, each with its value.</summary>
/// <param name="Title">The description of the chart.</param>
/// <param name="Bars">Name, amount and formatted amount, in display order.</param>
internal sealed record BarChart(string Title, IReadOnlyList<(string Name, decimal Amount, string Label)> Bars)
{
    private const double Width = 960,
        Row = 24,
        Top = 44,
        Left = 290,
        Right = 110,
        Bar = 15;
    private const int MaxNameLength = 38;

    public double FullHeight => Math.Max(120, Top + (Row * Bars.Count) + 16);

    public string ToSvg() => SvgDrawing.Create(Width, FullHeight, Title, Draw);

    public void Draw(SvgDrawing drawing)
    {
        drawing.Text(Title, 16, 24, style: "title");
        if (Bars.Count == 0)
            drawing.Text("Nothing to show.", Width / 2, 80, "middle");
        var max = Bars.Count == 0 ? 0 : Bars.Max(static bar => bar.Amount);
        for (var index = 0; index < Bars.Count; index++)
        {
            var (name, amount, label) = Bars[index];
            var y = Top + (Row * index);
            // Any amount above 0 must be visible.
            var width =
                amount <= 0 || max <= 0 ? 0 : Math.Max(1, (Width - Left - Right) * decimal.ToDouble(amount / max));
            drawing.Text(
                name.Length <= MaxNameLength ? name : name[..(MaxNameLength - 1)] + "…",
                Left - 10,
                y + 12,
                "end"
            );
            drawing.Box("bar", Left, y, width, Bar);
            drawing.Text(label, Left + width + 8, y + 12);
        }
    }
}
