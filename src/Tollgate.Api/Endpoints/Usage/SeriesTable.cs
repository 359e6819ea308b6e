using System.Globalization;
using System.Text.Json;
using Tollgate.Api.Responses;
using Tollgate.Operations.Usage.Series;

namespace Tollgate.Api.Endpoints.Usage;

/// <summary>A series as rows, for exports: one for each bucket of each line.</summary>
internal static class SeriesTable
{
    /// <summary>Returns the rows: those of the groups and the others, or of the total without groups.</summary>
    public static TableResponse Create(SeriesResult series)
    {
        IReadOnlyList<string> columns =
        [
            "start",
            "end",
            "is_partial",
            .. series.Groups.Select(FormatName),
            "is_other",
            .. series.Measures.Select(FormatName),
            "unpriced",
            "estimated",
        ];
        var lines = series.Groups.Count > 0 ? series.Lines : [series.Total];
        return new TableResponse(
            columns,
            [.. lines.SelectMany(line => line.Points.Select(point => CreateRow(series, line, point)))],
            isCut: false
        );
    }

    private static IReadOnlyList<object?> CreateRow(SeriesResult series, SeriesLine line, SeriesPoint point) =>
        [
            FormatTime(point.Start),
            FormatTime(point.End),
            point.IsPartial,
            .. series.Groups.Select((_, index) => index < line.Names.Count ? (object?)line.Names[index] : null),
            line.IsOther,
            .. point.Values.Select(static value => (object?)value.Value),
            point.Unpriced,
            point.Estimated,
        ];

    private static string FormatName<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    private static string FormatTime(DateTimeOffset time) =>
        time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture);
}
