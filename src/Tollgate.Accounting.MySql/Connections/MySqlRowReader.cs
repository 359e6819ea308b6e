using System.Globalization;
using MySqlConnector;
using Tollgate.Accounting.Stores;

namespace Tollgate.Accounting.MySql.Connections;

/// <summary>Converts rows to the few types of <see cref="ISqlRowReceiver"/>.</summary>
internal static class MySqlRowReader
{
    public static string[] Columns(this MySqlDataReader reader) =>
        [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)];

    public static object?[] Row(this MySqlDataReader reader) =>
        [.. Enumerable.Range(0, reader.FieldCount).Select(column => Value(reader, column))];

    private static object? Value(MySqlDataReader reader, int column)
    {
        if (reader.IsDBNull(column))
            return null;
        // Not by GetValue, which would throw if the number does not fit a decimal.
        if (reader.GetDataTypeName(column) == "DECIMAL")
            return Number(reader.GetMySqlDecimal(column).ToString());
        return reader.GetValue(column) switch
        {
            sbyte or byte or short or ushort or int or uint or long => Convert.ToInt64(
                reader.GetValue(column),
                CultureInfo.InvariantCulture
            ),
            ulong whole => whole <= long.MaxValue ? (long)whole : (decimal)whole,
            // 0.1f as 0.1.
            float single => double.Parse(single.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
            double real => real,
            byte[] bytes => bytes,
            MySqlDateTime time => Time(time),
            DateTime time => Text(time),
            TimeSpan time => time.ToString("c", CultureInfo.InvariantCulture),
            var other => Convert.ToString(other, CultureInfo.InvariantCulture),
        };
    }

    /// <summary>A number that does not fit a decimal (65 digits) stays a text.</summary>
    private static object Number(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : text;

    /// <summary>The server also has dates that do not exist in the calendar, such as 0000-00-00.</summary>
    private static string Time(MySqlDateTime time) =>
        time.IsValidDateTime
            ? Text(time.GetDateTime())
            : string.Create(CultureInfo.InvariantCulture, $"{time.Year:D4}-{time.Month:D2}-{time.Day:D2}");

    private static string Text(DateTime time) =>
        time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture);
}
