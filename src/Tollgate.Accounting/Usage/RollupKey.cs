using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Usage;

/// <summary>The key of a rollup: a slot of 15 minutes and five dimensions; '' means none.</summary>
internal readonly record struct RollupKey(
    long Slot,
    string Key,
    string Model,
    string Provider,
    string User,
    string Project
) : IComparable<RollupKey>
{
    /// <summary>The length of a slot in microseconds.</summary>
    public const long SlotMicros = 15 * 60 * 1_000_000L;

    /// <summary>The length of an hour in microseconds.</summary>
    public const long HourMicros = 3600 * 1_000_000L;

    /// <summary>The length of a day in microseconds.</summary>
    public const long DayMicros = 24 * 3600 * 1_000_000L;

    public static RollupKey FromRecord(UsageRecord record, long startedAt)
    {
        var attribution = record.Attribution;
        return new(
            FloorToSlot(startedAt),
            attribution.KeyId ?? "",
            record.Model,
            record.Provider,
            attribution.User ?? "",
            attribution.Project ?? ""
        );
    }

    /// <summary>Returns the value of a rollup dimension; null if none.</summary>
    public string? GetName(UsageDimension dimension)
    {
        var value = dimension switch
        {
            UsageDimension.Model => Model,
            UsageDimension.Provider => Provider,
            UsageDimension.Key => Key,
            UsageDimension.User => User,
            UsageDimension.Project => Project,
            _ => throw new ArgumentOutOfRangeException(
                nameof(dimension),
                dimension,
                "There are no rollups for this dimension."
            ),
        };
        return value.Length == 0 ? null : value;
    }

    /// <summary>Returns the start of the slot that contains a time; also before 1970.</summary>
    public static long FloorToSlot(long micros) => Floor(micros, SlotMicros);

    /// <summary>Returns the start of the day (UTC) that contains a time.</summary>
    public static long FloorToDay(long micros) => Floor(micros, DayMicros);

    /// <summary>Returns the start of the stretch of a length that contains a time; also before 1970.</summary>
    public static long Floor(long micros, long length) => micros - (((micros % length) + length) % length);

    /// <summary>Orders by the table's primary key, so that a batch walks the tree in one direction.</summary>
    public int CompareTo(RollupKey other)
    {
        var order = Slot.CompareTo(other.Slot);
        if (order == 0)
            order = string.CompareOrdinal(Key, other.Key);
        if (order == 0)
            order = string.CompareOrdinal(Model, other.Model);
        if (order == 0)
            order = string.CompareOrdinal(Provider, other.Provider);
        if (order == 0)
            order = string.CompareOrdinal(User, other.User);
        return order == 0 ? string.CompareOrdinal(Project, other.Project) : order;
    }
}
