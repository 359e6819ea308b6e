using System.Data.Common;
using Tollgate.Accounting.Time;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Stores.Sql;

/// <summary>Reads one row's columns in order: each call takes the next one.</summary>
/// <param name="reader">It stands on the row.</param>
/// <param name="reading">How its database holds identities, times, flags and costs.</param>
/// <param name="from">The first column, from 0.</param>
public ref struct RowCursor(DbDataReader reader, ColumnReading reading, int from = 0)
{
    private int _column = from;

    /// <summary>A whole number of any width.</summary>
    public long Number() => reader.GetInt64(_column++);

    /// <summary>A whole number or null.</summary>
    public long? NumberOrNull() => IsNull() ? null : Number();

    /// <summary>A decimal without the zeros behind its last digit.</summary>
    public decimal Decimal() => ColumnReading.Decimal(reader, _column++);

    /// <summary>A text.</summary>
    public string Text() => reader.GetString(_column++);

    /// <summary>A text or null.</summary>
    public string? TextOrNull() => IsNull() ? null : Text();

    /// <summary>Yes or no.</summary>
    public bool Flag() => reading.Flag(reader, _column++);

    /// <summary>An identity.</summary>
    public Guid Id() => reading.Id(reader, _column++);

    /// <summary>An identity or null.</summary>
    public Guid? IdOrNull() => IsNull() ? null : Id();

    /// <summary>A call and its attempt: two columns.</summary>
    public CallId Call() => new(Id(), (int)Number());

    /// <summary>A call and its attempt, both of them null or none.</summary>
    public CallId? CallOrNull()
    {
        if (!IsNull())
            return Call();
        _column++; // The attempt's number, null with the call.
        return null;
    }

    /// <summary>A moment.</summary>
    public DateTimeOffset Time() => reading.Time(reader, _column++);

    /// <summary>A moment or null.</summary>
    public DateTimeOffset? TimeOrNull() => IsNull() ? null : Time();

    /// <summary>A duration, in microseconds.</summary>
    public TimeSpan Duration() => StoredTime.ToDuration(Number());

    /// <summary>A duration, in microseconds, or null.</summary>
    public TimeSpan? DurationOrNull() => IsNull() ? null : Duration();

    /// <summary>A cost.</summary>
    public Money Cost() => reading.Cost(reader, _column++);

    /// <summary>A cost, or null where it is unknown.</summary>
    public Money? CostOrNull() => IsNull() ? null : Cost();

    /// <summary>Whether the next column holds something; it stays the next one.</summary>
    public readonly bool IsNext() => !reader.IsDBNull(_column);

    /// <summary>Whether the column is null, and so done with.</summary>
    private bool IsNull()
    {
        if (!reader.IsDBNull(_column))
            return false;
        _column++;
        return true;
    }
}
