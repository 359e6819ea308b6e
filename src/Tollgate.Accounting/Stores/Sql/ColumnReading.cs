using System.Data.Common;
using Tollgate.Accounting.Time;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Stores.Sql;

/// <summary>
/// How a database holds what not all hold alike. As it stands: identities as 16 bytes, moments as microseconds since
/// 1970, yes and no as 1 and 0, costs as decimals of US dollars.
/// </summary>
public class ColumnReading
{
    /// <summary>By this divided, a number loses the zeros behind its last digit, which servers add to all.</summary>
    private const decimal Unscaled = 1.0000000000000000000000000000m;

    /// <summary>An identity.</summary>
    public virtual Guid Id(DbDataReader reader, int column) => new((byte[])reader.GetValue(column), bigEndian: true);

    /// <summary>A moment.</summary>
    public virtual DateTimeOffset Time(DbDataReader reader, int column) => StoredTime.ToTime(reader.GetInt64(column));

    /// <summary>Yes or no.</summary>
    public virtual bool Flag(DbDataReader reader, int column) => reader.GetInt64(column) != 0;

    /// <summary>A cost.</summary>
    public virtual Money Cost(DbDataReader reader, int column) => Money.Round(Decimal(reader, column));

    /// <summary>A decimal without the zeros behind its last digit.</summary>
    public static decimal Decimal(DbDataReader reader, int column) => reader.GetDecimal(column) / Unscaled;
}
