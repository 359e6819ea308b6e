using System.Data.Common;
using Tollgate.Accounting.Time;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Stores.Sql;

/// <summary>
/// Reads values that databases store differently. By default: identities as 16 bytes, times as microseconds since 1970,
/// booleans as 1 and 0, costs as decimals of US dollars.
/// </summary>
public class ColumnReading
{
    /// <summary>Dividing by it removes trailing zeros, which servers add to all numbers.</summary>
    private const decimal Unscaled = 1.0000000000000000000000000000m;

    /// <summary>Reads an identity.</summary>
    public virtual Guid Id(DbDataReader reader, int column) => new((byte[])reader.GetValue(column), bigEndian: true);

    /// <summary>Reads a time.</summary>
    public virtual DateTimeOffset Time(DbDataReader reader, int column) => StoredTime.ToTime(reader.GetInt64(column));

    /// <summary>Reads a boolean.</summary>
    public virtual bool Flag(DbDataReader reader, int column) => reader.GetInt64(column) != 0;

    /// <summary>Reads a cost.</summary>
    public virtual Money Cost(DbDataReader reader, int column) => Money.Round(Decimal(reader, column));

    /// <summary>Reads a decimal without trailing zeros.</summary>
    public static decimal Decimal(DbDataReader reader, int column) => reader.GetDecimal(column) / Unscaled;
}
