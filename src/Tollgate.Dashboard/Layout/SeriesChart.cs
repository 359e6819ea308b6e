using Tollgate.Dashboard.Charts;
using Tollgate.Dashboard.Figures;
using Tollgate.Dashboard.State;
using Tollgate.Operations.Usage.Figures;
using Tollgate.Operations.Usage.Series;

namespace Tollgate.Dashboard.Layout;

/// <summary>Draws a series of the ledger.</summary>
internal static class SeriesChart
{
    /// <summary>Creates the chart of the first measure of a series.</summary>
    /// <param name="series">The series.</param>
    /// <param name="title">The heading.</param>
    /// <param name="field">The dimension of the groups in addresses.</param>
    /// <param name="state">The state of the page, whose links it has.</param>
    public static TimeChart Create(SeriesResult series, string title, string field, PageState state)
    {
        var unit = GetUnit(series.Measures[0]);
        var names = series.Lines.Select(static line => line.IsOther ? "Other" : line.Names[0] ?? "(none)").ToList();
        var colors = SeriesColors.Assign(names);
        var points = series.Total.Points;
        return new TimeChart
        {
            Title = title,
            Unit = unit,
            Buckets = [.. points.Select(point => CreateBucket(point, series, state))],
            Lines =
            [
                .. series.Lines.Select((line, index) => new ChartLine(
                    names[index],
                    line.IsOther ? SeriesColors.Other : colors[index],
                    [.. line.Points.Select(static point => point.Values[0].Value)],
                    line.Values[0].Value
                )
                {
                    Link = line.IsOther ? null : state.ToFilter("calls", field, line.Names[0]),
                }),
            ],
            Totals = [.. points.Select(static point => point.Values[0].Value)],
            Earlier = series.Comparison is { } earlier
                ? [.. earlier.Total.Points.Select(static point => point.Values[0].Value)]
                : null,
            Summary = Summarize(series, title, unit),
        };
    }

    /// <summary>Returns the unit of a measure.</summary>
    public static FigureUnit GetUnit(UsageMeasure measure) =>
        measure switch
        {
            UsageMeasure.Cost or UsageMeasure.CostPerCall => FigureUnit.Usd,
            UsageMeasure.Duration or UsageMeasure.MeanDuration => FigureUnit.Seconds,
            UsageMeasure.ErrorRate or UsageMeasure.CacheShare => FigureUnit.Share,
            _ => FigureUnit.Number,
        };

    private static ChartBucket CreateBucket(SeriesPoint point, SeriesResult series, PageState state)
    {
        var range = state.Range with { From = point.Start, To = point.End, Name = null };
        return new ChartBucket(
            TimeText.Bucket(point.Start, series.Bucket),
            state.ToRange("calls", range),
            point.IsPartial
        )
        {
            AxisLabel = TimeText.Axis(point.Start, series.Bucket, state.Range.Length),
        };
    }

    private static string Summarize(SeriesResult series, string title, FigureUnit unit)
    {
        var highest = series.Total.Points.MaxBy(static point => point.Values[0].Value ?? 0);
        var total = Figure.Write(series.Total.Values[0].Value, unit);
        return highest is null
            ? $"{title}: {total}."
            : $"{title}: {total}; the highest is {Figure.Write(highest.Values[0].Value, unit)} on "
                + $"{TimeText.Bucket(highest.Start, series.Bucket)}.";
    }
}
