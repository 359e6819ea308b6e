using System.Data.Common;
using Tollgate.Accounting.Time;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Stores.Sql;

/// <summary>
/// Reads values that databases store differently. By default: identities as 16 bytes, times as microseconds since 1970,
/// booleans as 1 and 0, costs as decimals of US dollars.
/// </summary>
public class ColumnReader
{
    /// <summary>Dividing by it removes trailing zeros, which servers add to all numbers.</summary>
    private const decimal Unscaled = 1.0000000000000000000000000000m;

    /// <summary>Reads an identity.</summary>
    public virtual Guid ReadId(DbDataReader reader, int column) =>
        new((byte[])reader.GetValue(column), bigEndian: true);

    /// <summary>Reads a time.</summary>
    public virtual DateTimeOffset ReadTime(DbDataReader reader, int column) =>
        StoredTime.ToTime(reader.GetInt64(column));

    /// <summary>Reads a boolean.</summary>
    public virtual bool ReadFlag(DbDataReader reader, int column) => reader.GetInt64(column) != 0;

    /// <summary>Reads a cost.</summary>
    public virtual Money ReadCost(DbDataReader reader, int column) => Money.Round(ReadDecimal(reader, column));

    /// <summary>Reads a decimal without trailing zeros.</summary>
    public static decimal ReadDecimal(DbDataReader reader, int column) => reader.GetDecimal(column) / Unscaled;
}
