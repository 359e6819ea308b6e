using System.Data.Common;
using Tollgate.Accounting.Time;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Stores.Sql;

/// <summary>Reads one row's columns in order: each call takes the next one.</summary>
/// <param name="reader">The reader, positioned on the row.</param>
/// <param name="reading">Reads identities, times, flags and costs in the database's format.</param>
/// <param name="from">The first column, from 0.</param>
public ref struct RowCursor(DbDataReader reader, ColumnReader reading, int from = 0)
{
    private int _column = from;

    /// <summary>An integer of any width.</summary>
    public long Number() => reader.GetInt64(_column++);

    /// <summary>An integer or null.</summary>
    public long? NumberOrNull() => IsNull() ? null : Number();

    /// <summary>A decimal without trailing zeros.</summary>
    public decimal Decimal() => ColumnReader.ReadDecimal(reader, _column++);

    /// <summary>A text.</summary>
    public string Text() => reader.GetString(_column++);

    /// <summary>A text or null.</summary>
    public string? TextOrNull() => IsNull() ? null : Text();

    /// <summary>A boolean.</summary>
    public bool Flag() => reading.ReadFlag(reader, _column++);

    /// <summary>An identity.</summary>
    public Guid Id() => reading.ReadId(reader, _column++);

    /// <summary>An identity or null.</summary>
    public Guid? IdOrNull() => IsNull() ? null : Id();

    /// <summary>A call and its attempt, from two columns.</summary>
    public CallId Call() => new(Id(), (int)Number());

    /// <summary>A call and its attempt, both of them null if there is none.</summary>
    public CallId? CallOrNull()
    {
        if (!IsNull())
            return Call();
        _column++; // The attempt's number, null with the call.
        return null;
    }

    /// <summary>A time.</summary>
    public DateTimeOffset Time() => reading.ReadTime(reader, _column++);

    /// <summary>A time or null.</summary>
    public DateTimeOffset? TimeOrNull() => IsNull() ? null : Time();

    /// <summary>A duration, in microseconds.</summary>
    public TimeSpan Duration() => StoredTime.ToDuration(Number());

    /// <summary>A duration, in microseconds, or null.</summary>
    public TimeSpan? DurationOrNull() => IsNull() ? null : Duration();

    /// <summary>A cost.</summary>
    public Money Cost() => reading.ReadCost(reader, _column++);

    /// <summary>A cost, or null if unknown.</summary>
    public Money? CostOrNull() => IsNull() ? null : Cost();

    /// <summary>True if the next column is not null; does not advance.</summary>
    public readonly bool IsNext() => !reader.IsDBNull(_column);

    /// <summary>True if the column is null; advances if it is.</summary>
    private bool IsNull()
    {
        if (!reader.IsDBNull(_column))
            return false;
        _column++;
        return true;
    }
}
