using System.Globalization;
using Npgsql;
using Tollgate.Accounting.Stores;

namespace Tollgate.Accounting.PostgreSql.Connections;

/// <summary>Converts rows that PostgreSQL returns as text to the few types of <see cref="ISqlRowReceiver"/>.</summary>
internal sealed class PostgreSqlRowReader(NpgsqlDataReader reader)
{
    private readonly string[] _types =
    [
        .. Enumerable.Range(0, reader.FieldCount).Select(column => reader.GetPostgresType(column).InternalName),
    ];

    public string[] Columns() => [.. Enumerable.Range(0, _types.Length).Select(reader.GetName)];

    public object?[] Row() =>
        [.. _types.Select((type, column) => reader.IsDBNull(column) ? null : Value(type, reader.GetString(column)))];

    private static object Value(string type, string text) =>
        type switch
        {
            "int2" or "int4" or "int8" or "oid" => long.Parse(text, CultureInfo.InvariantCulture),
            "float4" or "float8" => double.Parse(text, CultureInfo.InvariantCulture),
            "numeric" => Number(text),
            "bytea" => Convert.FromHexString(text.AsSpan(2)), // After \x.
            "timestamptz" => WithoutZone(text),
            _ => text,
        };

    /// <summary>A number that does not fit a decimal (NaN, infinity, hundreds of digits) stays a text.</summary>
    private static object Number(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : text;

    /// <summary>The session's time zone is UTC, and times without a zone are always UTC here.</summary>
    private static string WithoutZone(string text) =>
        text.EndsWith("+00", StringComparison.Ordinal) ? text[..^3] : text;
}
