using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Usage;

/// <summary>The position of a record in the order of records.</summary>
/// <param name="StartedAt">When it started.</param>
/// <param name="Id">Its identity.</param>
public readonly record struct UsagePosition(DateTimeOffset StartedAt, CallId Id) : IComparable<UsagePosition>
{
    /// <summary>
    /// The value by which records are sorted before their start: US dollars, microseconds or tokens; 0 in the order of
    /// the start alone.
    /// </summary>
    public decimal Value { get; init; }

    /// <summary>Returns the position of a record in the order of the start.</summary>
    public static UsagePosition FromRecord(UsageRecord record) => new(record.StartedAt, record.Id);

    /// <summary>Returns the position of a record in an order.</summary>
    public static UsagePosition FromRecord(UsageRecord record, UsageSort sort) =>
        new(record.StartedAt, record.Id) { Value = sort.GetValue(record) };

    /// <summary>
    /// Compares by value, then by start, then by the bytes of the call's id in the order of its text, then by attempt.
    /// </summary>
    public int CompareTo(UsagePosition other)
    {
        var order = Value.CompareTo(other.Value);
        if (order == 0)
            order = StartedAt.CompareTo(other.StartedAt);
        if (order == 0)
            order = Id.Call.CompareTo(other.Id.Call);
        return order == 0 ? Id.Attempt.CompareTo(other.Id.Attempt) : order;
    }
}
