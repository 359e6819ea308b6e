using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Usage;

/// <summary>Which records are read, and in which order.</summary>
public sealed record UsageSelection
{
    /// <summary>When they started.</summary>
    public UsagePeriod Period { get; init; } = UsagePeriod.All;

    /// <summary>What they have in common; all conditions hold.</summary>
    public IReadOnlyList<DimensionValue> Where { get; init; } = [];

    /// <summary>By start, then by identity.</summary>
    public UsageOrder Order { get; init; }

    /// <summary>Begins behind this record, in the order asked for: the last one of the page before.</summary>
    public UsagePosition? After { get; init; }

    /// <summary>The most records; null for all.</summary>
    public int? Limit { get; init; }
}

/// <summary>
/// The order of records. Those that started in the same microsecond stand by identity, likewise up or down.
/// </summary>
public enum UsageOrder
{
    /// <summary>The one started last comes first.</summary>
    NewestFirst,

    /// <summary>The one started first comes first.</summary>
    OldestFirst,
}

/// <summary>A record's place in the order of records.</summary>
/// <param name="StartedAt">When it started.</param>
/// <param name="Id">Its identity.</param>
public readonly record struct UsagePosition(DateTimeOffset StartedAt, CallId Id) : IComparable<UsagePosition>
{
    /// <summary>The place of one record.</summary>
    public static UsagePosition Of(UsageRecord record) => new(record.StartedAt, record.Id);

    /// <summary>By start, then by the bytes of the call's id in the order of its text, then by attempt.</summary>
    public int CompareTo(UsagePosition other)
    {
        var order = StartedAt.CompareTo(other.StartedAt);
        if (order == 0)
            order = Id.Call.CompareTo(other.Id.Call);
        return order == 0 ? Id.Attempt.CompareTo(other.Id.Attempt) : order;
    }
}

/// <summary>A condition on records.</summary>
/// <param name="Dimension">What of the record.</param>
/// <param name="Value">The exact value; null for records that have none.</param>
public readonly record struct DimensionValue(UsageDimension Dimension, string? Value);
