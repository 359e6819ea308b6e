using System.Data.Common;
using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using Tollgate.Accounting.Stores.Sql;
using Tollgate.Accounting.Time;

namespace Tollgate.Accounting.PostgreSql.Connections;

/// <summary>The storage formats and SQL syntax of PostgreSQL where servers differ.</summary>
internal sealed class PostgreSqlDialect : SqlDialect
{
    public static readonly PostgreSqlDialect Instance = new();

    private PostgreSqlDialect() { }

    public override string RecordsSource => "usage";

    public override bool SumsEachPart => false;

    public override string? BlocksFoldedUntil => "(SELECT folded_until FROM usage_fold)";

    public override Guid ReadId(DbDataReader reader, int column) => reader.GetGuid(column);

    public override DateTimeOffset ReadTime(DbDataReader reader, int column) =>
        PostgreSqlCommands.FromStored(reader.GetFieldValue<long>(column));

    public override bool ReadFlag(DbDataReader reader, int column) => reader.GetBoolean(column);

    public override string CastToInteger(string number) => $"{number}::bigint";

    public override string BooleanToInteger(string condition) => $"({condition})::int";

    /// <summary>
    /// Times are counted from year 1, because date_bin once rounded times before its origin the wrong way.
    /// </summary>
    public override string SlotExpression(string time) => $"date_bin('15 minutes', {time}, '0001-01-01 00:00:00+00')";

    /// <summary>Also counted from year 1.</summary>
    public override string DayExpression(string slot) => $"date_bin('1 day', {slot}, '0001-01-01 00:00:00+00')";

    /// <summary>The columns have the collation "C", by which only ASCII letters have another case.</summary>
    public override string ContainsExpression(string column, string text) => $"strpos(lower({column}), {text}) > 0";

    /// <summary>
    /// OFFSET 0 keeps the planner from reading the table first, and the outer bounds show it how little there is.
    /// </summary>
    public override string BuildRanges(
        IReadOnlyList<StepRange> ranges,
        string table,
        string time,
        string conditions,
        (string From, string To)? bounds = null
    )
    {
        var rows = UsageColumnSql.Join(
            ranges.Select(static range =>
                $"({range.Step}, {range.Sign}, {range.Hours}, {TimeLiteral(range.From)}, {TimeLiteral(range.To)})"
            )
        );
        // Where the bounds may leave nothing of a range, the outer ones would suggest a large part of the table.
        var within = bounds is { } known
            ? $"{time} >= {known.From} AND {time} < {known.To}"
            : $"{time} >= range_from AND {time} < range_to AND "
                + $"{time} >= {TimeLiteral(ranges.Min(static range => range.From))} AND "
                + $"{time} < {TimeLiteral(ranges.Max(static range => range.To))}";
        return $"(VALUES {rows}) AS ranges (step, sign, length, range_from, range_to) CROSS JOIN LATERAL (SELECT * "
            + $"FROM {table} WHERE {within}{conditions} OFFSET 0) AS source";
    }

    public override string UpdateOnConflict(string key, IReadOnlyList<string> columns) =>
        $"ON CONFLICT ({key}) DO UPDATE SET "
        + UsageColumnSql.Join(columns.Select(static column => $"{column} = excluded.{column}"));

    public override DbParameter Text(string value) => PostgreSqlCommands.Text(value);

    public override DbParameter Id(Guid value) => PostgreSqlCommands.Id(value);

    public override DbParameter Number(int value) =>
        new NpgsqlParameter { Value = value, NpgsqlDbType = NpgsqlDbType.Integer };

    public override DbParameter Number(long value) => PostgreSqlCommands.Number(value);

    public override DbParameter Time(long micros) => PostgreSqlCommands.Time(micros);

    public override string Placeholder(DbParameter parameter, int number) => $"${number}";

    /// <summary>A time outside the calendar means unbounded.</summary>
    private static string TimeLiteral(long micros) =>
        micros < DateTimeOffset.MinValue.ToMicros() ? "'-infinity'::timestamptz"
        : micros > DateTimeOffset.MaxValue.ToMicros() ? "'infinity'::timestamptz"
        : string.Create(
            CultureInfo.InvariantCulture,
            $"'{StoredTime.ToTime(micros):yyyy-MM-dd HH:mm:ss.ffffff}+00'::timestamptz"
        );
}
