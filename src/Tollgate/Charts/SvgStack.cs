namespace Tollgate.Charts;

/// <summary>Two pictures in one file, one above the other.</summary>
internal static class SvgStack
{
    public static string Create(string title, TimeChart above, BarChart below) =>
        SvgDrawing.Create(
            TimeChart.FullWidth,
            TimeChart.FullHeight + below.FullHeight,
            title,
            drawing =>
            {
                above.Draw(drawing);
                drawing.Shift(TimeChart.FullHeight);
                below.Draw(drawing);
            }
        );
}
