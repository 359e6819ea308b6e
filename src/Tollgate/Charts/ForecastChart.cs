using System.Globalization;
using System.Text;
using Tollgate.Analytics.Forecasting;

namespace Tollgate.Charts;

/// <summary>The history as a line, and the forecast as another one within its interval.</summary>
internal sealed class ForecastChart(string title, ForecastReport report)
{
    private const int MaxCharts = 6,
        MaxPastDays = 90;
    private const double Width = 960,
        Height = 300,
        Left = 92,
        Right = 16,
        Top = 56,
        Bottom = 36;
    private const double LabelWidth = 110;
    private const double PlotWidth = Width - Left - Right,
        PlotHeight = Height - Top - Bottom;

    private readonly decimal[] _past =
    [
        .. report
            .Series.Amounts[Math.Max(0, report.Series.Length - MaxPastDays)..]
            .ToArray()
            .Select(static amount => (decimal)Math.Min(amount, 1e22)),
    ];

    /// <summary>A chart for each of the first forecasts, one below the other.</summary>
    public static string Draw(string what, IReadOnlyList<(string? Name, ForecastReport Report)> groups)
    {
        var shown = groups.Take(MaxCharts).ToArray();
        return SvgDrawing.Create(
            Width,
            Height * Math.Max(1, shown.Length),
            $"Forecast of {what}",
            drawing =>
            {
                for (var index = 0; index < shown.Length; index++)
                {
                    if (index > 0)
                        drawing.Shift(Height);
                    new ForecastChart(
                        $"Forecast of {what}{(shown[index].Name is { } name ? $": {name}" : "")}",
                        shown[index].Report
                    ).Draw(drawing);
                }
            }
        );
    }

    private void Draw(SvgDrawing drawing)
    {
        drawing.Text(title, 16, 24, style: "title");
        if (report.Days.Count == 0)
            drawing.Text(report.NotForecastReason ?? "", 16, 44);
        var top = ChartScale.RoundUp(_past.Concat(report.Days.Select(static day => day.High)).DefaultIfEmpty().Max());
        for (var step = 0; step <= 4; step++)
        {
            var y = Top + PlotHeight - (PlotHeight * step / 4);
            drawing.Line(step == 0 ? "axis" : "grid", Left, y, Left + PlotWidth, y);
            drawing.Text(ChartScale.Label(top * step / 4, top), Left - 8, y + 4, "end");
        }

        if (_past.Length == 0)
            return;
        if (report.Days.Count > 0)
            drawing.Path("band", Band(top));
        drawing.Path("line", Line(_past, 0, top));
        // Starts at the last known day, so that the line is continuous.
        if (report.Days.Count > 0)
            drawing.Path(
                "ahead",
                Line([_past[^1], .. report.Days.Select(static day => day.Amount)], _past.Length - 1, top)
            );
        Dates(drawing);
    }

    private void Dates(SvgDrawing drawing)
    {
        var first = report.Series.End.AddDays(-_past.Length);
        drawing.Text(Day(first), Left, Height - 14);
        drawing.Text(Day(report.Series.End.AddDays(report.Days.Count - 1)), Left + PlotWidth, Height - 14, "end");
        // Marks the start of the forecast, if there is room between both ends.
        var begin = X(_past.Length);
        if (report.Days.Count > 0 && begin > Left + LabelWidth && begin < Left + PlotWidth - LabelWidth)
            drawing.Text(Day(report.Series.End), begin, Height - 14, "middle");
    }

    private string Band(decimal top)
    {
        var path = new StringBuilder();
        for (var day = 0; day < report.Days.Count; day++)
            path.Append(day == 0 ? 'M' : 'L').Append(Point(_past.Length + day, report.Days[day].High, top));
        for (var day = report.Days.Count - 1; day >= 0; day--)
            path.Append('L').Append(Point(_past.Length + day, report.Days[day].Low, top));
        return path.Append('Z').ToString();
    }

    private string Line(IReadOnlyList<decimal> amounts, int from, decimal top)
    {
        var path = new StringBuilder();
        for (var day = 0; day < amounts.Count; day++)
            path.Append(day == 0 ? 'M' : 'L').Append(Point(from + day, amounts[day], top));
        return path.ToString();
    }

    private string Point(int day, decimal amount, decimal top) =>
        $"{SvgDrawing.Number(X(day))} "
        + $"{SvgDrawing.Number(Top + PlotHeight - (PlotHeight * decimal.ToDouble(amount / top)))}";

    private double X(int day) => Left + (PlotWidth * day / Math.Max(1, _past.Length + report.Days.Count - 1));

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
