using System.Data.Common;
using Npgsql;
using NpgsqlTypes;
using Tollgate.Accounting.Stores.Sql;

namespace Tollgate.Accounting.PostgreSql.Connections;

/// <summary>The storage formats and SQL syntax of PostgreSQL where servers differ.</summary>
internal sealed class PostgreSqlDialect : SqlDialect
{
    public static readonly PostgreSqlDialect Instance = new();

    private PostgreSqlDialect() { }

    public override string RecordsSource => "usage";

    public override bool SumsEachPart => false;

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
}
