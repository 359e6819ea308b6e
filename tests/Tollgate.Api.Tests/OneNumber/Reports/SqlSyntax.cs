using System.Globalization;
using Tollgate.Metering.Usage;

namespace Tollgate.Api.Tests.OneNumber.Reports;

/// <summary>The syntax of a database.</summary>
/// <param name="TimeFormat">The format of a time in UTC.</param>
/// <param name="HasDecimals">False if amounts in SQL are floating-point numbers, and times have milliseconds.</param>
/// <param name="HasEscapes">True if a backslash in a text must be doubled.</param>
public sealed record SqlSyntax(string TimeFormat, bool HasDecimals, bool HasEscapes)
{
    public static readonly SqlSyntax Sqlite = new("yyyy-MM-dd HH:mm:ss.fff", false, false),
        PostgreSql = new("yyyy-MM-dd HH:mm:ss.ffffff'Z'", true, false),
        MySql = new("yyyy-MM-dd HH:mm:ss.ffffff", true, true);

    /// <summary>Formats a time in UTC.</summary>
    public string FormatTime(DateTimeOffset time) =>
        $"'{Round(time).UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture)}'";

    /// <summary>Formats a text.</summary>
    public string FormatText(string text)
    {
        var escaped = HasEscapes ? text.Replace("\\", "\\\\", StringComparison.Ordinal) : text;
        return $"'{escaped.Replace("'", "''", StringComparison.Ordinal)}'";
    }

    /// <summary>True if a record is within a question's range to the precision of the database.</summary>
    internal bool Selects(Question question, UsageRecord record) =>
        Round(record.StartedAt) >= Round(question.From)
        && Round(record.StartedAt) < Round(question.To)
        && question.Matches(record);

    private DateTimeOffset Round(DateTimeOffset time) =>
        HasDecimals ? time : new DateTimeOffset((time.UtcTicks + 5000) / 10_000 * 10_000, TimeSpan.Zero);
}
