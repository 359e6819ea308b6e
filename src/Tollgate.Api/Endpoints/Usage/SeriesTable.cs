using System.Globalization;
using System.Text.Json;
using Tollgate.Api.Responses;
using Tollgate.Operations.Usage.Figures;
using Tollgate.Operations.Usage.Series;

namespace Tollgate.Api.Endpoints.Usage;

/// <summary>A series as rows, for exports: one for each bucket of each line.</summary>
internal static class SeriesTable
{
    /// <summary>The counts by which the others are incomplete: always present, and each once.</summary>
    private static readonly (UsageMeasure Measure, Func<SeriesPoint, long> Count)[] Notes =
    [
        (UsageMeasure.Unpriced, static point => point.Unpriced),
        (UsageMeasure.Estimated, static point => point.Estimated),
    ];

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
            .. FindNotes(series).Select(static note => FormatName(note.Measure)),
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
            .. FindNotes(series).Select(note => (object?)note.Count(point)),
        ];

    /// <summary>Those that are not measures of the series anyway.</summary>
    private static IEnumerable<(UsageMeasure Measure, Func<SeriesPoint, long> Count)> FindNotes(SeriesResult series) =>
        Notes.Where(note => !series.Measures.Contains(note.Measure));

    private static string FormatName<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    private static string FormatTime(DateTimeOffset time) =>
        time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture);
}
