using System.Data.Common;
using Tollgate.Accounting.Stores.Sql;

namespace Tollgate.Accounting.MySql.Connections;

/// <summary>The SQL syntax of MariaDB and MySQL where servers differ.</summary>
internal sealed class MySqlDialect : SqlDialect
{
    private const long SlotMicros = 900_000_000,
        DayMicros = 86_400_000_000;

    public static readonly MySqlDialect Instance = new();

    private MySqlDialect() { }

    public override string RecordsSource => "usage_records";

    /// <summary>
    /// The server would otherwise write all rows of a union to a temporary table first, including texts.
    /// </summary>
    public override bool SumsEachPart => true;

    public override string Quote(string column) => $"`{column}`";

    public override string CastToInteger(string number) => $"CAST({number} AS SIGNED)";

    public override string BooleanToInteger(string condition) => $"({condition})";

    public override string SlotExpression(string time) => Floor(time, SlotMicros);

    public override string DayExpression(string slot) => Floor(slot, DayMicros);

    /// <summary>The server converts the case of all letters, so both texts are converted.</summary>
    public override string ContainsExpression(string column, string text) =>
        $"LOCATE(LOWER({text}), LOWER({column})) > 0";

    /// <summary>
    /// A straight join keeps the server from reading the table first. The ranges are a list of selects, because MariaDB
    /// and MySQL write a list of values differently.
    /// </summary>
    public override string BuildRanges(
        IReadOnlyList<StepRange> ranges,
        string table,
        string time,
        string conditions,
        (string From, string To)? bounds = null
    )
    {
        var (from, to) = bounds ?? ("range_from", "range_to");
        var rows = ranges.Select(static range =>
            $"SELECT {range.Step} AS step, {range.Sign} AS sign, {range.Hours} AS length, "
            + $"{range.From} AS range_from, {range.To} AS range_to"
        );
        return $"({string.Join(" UNION ALL ", rows)}) AS ranges STRAIGHT_JOIN {table} ON {time} >= {from} AND "
            + $"{time} < {to}{conditions}";
    }

    /// <summary>MySQL prefers an alias to VALUES(), which MariaDB does not support; both support this.</summary>
    public override string UpdateOnConflict(string key, IReadOnlyList<string> columns) =>
        "ON DUPLICATE KEY UPDATE "
        + UsageColumnSql.Join(columns.Select(static column => $"{column} = VALUES({column})"));

    public override DbParameter Text(string value) => MySqlCommands.Text(value);

    public override DbParameter Id(Guid value) => MySqlCommands.Id(value);

    public override DbParameter Number(int value) => MySqlCommands.Number(value);

    public override DbParameter Number(long value) => MySqlCommands.Number(value);

    public override DbParameter Time(long micros) => MySqlCommands.Time(micros);

    public override string Placeholder(DbParameter parameter, int number) => parameter.ParameterName = $"@p{number}";

    /// <summary>Takes the remainder twice, because it is negative for a time before 1970.</summary>
    private static string Floor(string time, long unit) => $"{time} - MOD(MOD({time}, {unit}) + {unit}, {unit})";
}
