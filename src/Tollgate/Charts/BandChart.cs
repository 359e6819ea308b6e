using System.Globalization;

namespace Tollgate.Charts;

/// <summary>The distribution of an amount: percentiles 5 to 95, the middle half, median and mean.</summary>
internal readonly record struct Band(
    string Name,
    double P5,
    double P25,
    double Median,
    double P75,
    double P95,
    double Mean
);

/// <summary>Distributions one below the other, on a common axis from 0.</summary>
/// <param name="Title">The description of the chart.</param>
/// <param name="Bands">The distributions.</param>
internal sealed record BandChart(string Title, IReadOnlyList<Band> Bands)
{
    private const double Width = 960,
        Left = 190,
        Right = 110,
        Top = 64,
        Row = 38,
        Foot = 34,
        Thick = 16;

    public const double FullWidth = Width;

    public double FullHeight => Top + (Row * Bands.Count) + Foot;

    public string ToSvg() => SvgDrawing.Create(Width, FullHeight, Title, Draw);

    public void Draw(SvgDrawing drawing)
    {
        drawing.Text(Title, 16, 24, style: "title");
        drawing.Text("line: percentiles 5 to 95, box: the middle half, stroke: median, dot: mean", 16, 44);
        var axis = NumberAxis.Create(0, Bands.Max(static band => Math.Max(band.P95, band.Mean)), Left, Width - Right);
        axis.Draw(drawing, Top - 6, Top + (Row * Bands.Count));
        for (var index = 0; index < Bands.Count; index++)
            DrawBand(drawing, Bands[index], axis, Top + (Row * index) + (Row / 2));
    }

    private static void DrawBand(SvgDrawing drawing, Band band, NumberAxis axis, double y)
    {
        drawing.Text(NumberAxis.Truncate(band.Name), Left - 12, y + 4, "end");
        drawing.Line("axis", axis.X(band.P5), y, axis.X(band.P95), y);
        drawing.Line("axis", axis.X(band.P5), y - 5, axis.X(band.P5), y + 5);
        drawing.Line("axis", axis.X(band.P95), y - 5, axis.X(band.P95), y + 5);
        // A constant amount must be visible, too.
        drawing.Box("bar", axis.X(band.P25), y - (Thick / 2), Math.Max(2, axis.X(band.P75) - axis.X(band.P25)), Thick);
        drawing.Line("mark", axis.X(band.Median), y - (Thick / 2) - 3, axis.X(band.Median), y + (Thick / 2) + 3);
        drawing.Dot("mark", axis.X(band.Mean), y, 3.5);
        drawing.Text(band.Mean.ToString("N2", CultureInfo.InvariantCulture), Width - 12, y + 4, "end");
    }
}
