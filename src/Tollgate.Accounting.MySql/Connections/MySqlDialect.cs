using System.Data.Common;
using Tollgate.Accounting.Stores.Sql;

namespace Tollgate.Accounting.MySql.Connections;

/// <summary>How MariaDB and MySQL write what servers do not all alike.</summary>
internal sealed class MySqlDialect : SqlDialect
{
    private const long SlotMicros = 900_000_000,
        DayMicros = 86_400_000_000;

    public static readonly MySqlDialect Instance = new();

    private MySqlDialect() { }

    public override string Records => "usage_records";

    /// <summary>Because the server writes all rows of a union into a table of its own first, texts and all.</summary>
    public override bool SumsEachPart => true;

    public override string Quoted(string column) => $"`{column}`";

    public override string Whole(string number) => $"CAST({number} AS SIGNED)";

    public override string Truth(string condition) => $"({condition})";

    public override string SlotOf(string time) => Floor(time, SlotMicros);

    public override string DayOf(string slot) => Floor(slot, DayMicros);

    public override DbParameter Text(string value) => MySqlCommands.Text(value);

    public override DbParameter Id(Guid value) => MySqlCommands.Id(value);

    public override DbParameter Number(int value) => MySqlCommands.Number(value);

    public override DbParameter Time(long micros) => MySqlCommands.Time(micros);

    public override string Place(DbParameter parameter, int number) => parameter.ParameterName = $"@p{number}";

    /// <summary>Twice the remainder, because that of a time before 1970 is negative.</summary>
    private static string Floor(string time, long unit) => $"{time} - MOD(MOD({time}, {unit}) + {unit}, {unit})";
}
