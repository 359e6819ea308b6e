using System.Globalization;
using Npgsql;
using Tollgate.Accounting.Ledger.Stores;

namespace Tollgate.Accounting.PostgreSql;

/// <summary>Rows that PostgreSQL gives as text to the few types of a <see cref="SqlAnswer"/>.</summary>
internal static class SqlAnswers
{
    public static async Task<SqlAnswer> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellation)
    {
        var columns = Enumerable.Range(0, reader.FieldCount).ToArray();
        var types = columns.Select(column => reader.GetPostgresType(column).InternalName).ToArray();
        var rows = new List<IReadOnlyList<object?>>();
        while (await reader.ReadAsync(cancellation))
            rows.Add([.. columns.Select(column => reader.IsDBNull(column) ? null : Value(types[column], reader.GetString(column)))]);
        return new SqlAnswer([.. columns.Select(reader.GetName)], rows);
    }

    private static object Value(string type, string text) => type switch
    {
        "int2" or "int4" or "int8" or "oid" => long.Parse(text, CultureInfo.InvariantCulture),
        "float4" or "float8" => double.Parse(text, CultureInfo.InvariantCulture),
        "numeric" => Number(text),
        "bytea" => Convert.FromHexString(text.AsSpan(2)), // Behind \x.
        "timestamptz" => WithoutZone(text),
        _ => text,
    };

    /// <summary>What no decimal holds (NaN, infinity, hundreds of digits) stays a text.</summary>
    private static object Number(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : text;

    /// <summary>The session's zone is UTC, and times without zone are UTC everywhere here.</summary>
    private static string WithoutZone(string text) => text.EndsWith("+00", StringComparison.Ordinal) ? text[..^3] : text;
}
