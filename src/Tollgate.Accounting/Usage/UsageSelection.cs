using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Usage;

/// <summary>Selects and orders records.</summary>
public sealed record UsageSelection
{
    /// <summary>The period in which they started.</summary>
    public UsagePeriod Period { get; init; } = UsagePeriod.All;

    /// <summary>The conditions, all of which must hold.</summary>
    public IReadOnlyList<DimensionValue> Where { get; init; } = [];

    /// <summary>The order: by start, then by identity.</summary>
    public UsageOrder Order { get; init; }

    /// <summary>Continues after this record, in the given order: the last one of the previous page.</summary>
    public UsagePosition? After { get; init; }

    /// <summary>The maximum number of records; null for all.</summary>
    public int? Limit { get; init; }
}

/// <summary>
/// The order of records. Those that started in the same microsecond are ordered by identity, in the same direction.
/// </summary>
public enum UsageOrder
{
    /// <summary>Latest start first.</summary>
    NewestFirst,

    /// <summary>Earliest start first.</summary>
    OldestFirst,
}

/// <summary>The position of a record in the order of records.</summary>
/// <param name="StartedAt">When it started.</param>
/// <param name="Id">Its identity.</param>
public readonly record struct UsagePosition(DateTimeOffset StartedAt, CallId Id) : IComparable<UsagePosition>
{
    /// <summary>Returns the position of a record.</summary>
    public static UsagePosition FromRecord(UsageRecord record) => new(record.StartedAt, record.Id);

    /// <summary>
    /// Compares by start, then by the bytes of the call's id in the order of its text, then by attempt.
    /// </summary>
    public int CompareTo(UsagePosition other)
    {
        var order = StartedAt.CompareTo(other.StartedAt);
        if (order == 0)
            order = Id.Call.CompareTo(other.Id.Call);
        return order == 0 ? Id.Attempt.CompareTo(other.Id.Attempt) : order;
    }
}

/// <summary>A condition on records.</summary>
/// <param name="Dimension">The dimension of the record.</param>
/// <param name="Value">The exact value; null for records that have none.</param>
public readonly record struct DimensionValue(UsageDimension Dimension, string? Value);
