using Tollgate.Accounting.Usage;
using Tollgate.Operations.Usage.Scopes;

namespace Tollgate.Operations.Usage.Series;

/// <summary>The buckets of a range.</summary>
internal sealed class SeriesBuckets
{
    /// <summary>
    /// The maximum number of points of a line: a day by minute, two months by hour, four years by day.
    /// </summary>
    public const int MaxPoints = 1500;

    private readonly UsageBucket? _bucket;
    private readonly TimeZoneInfo _zone;

    private SeriesBuckets(UsageBucket? bucket, TimeRange range)
    {
        (_bucket, _zone) = (bucket, range.Zone);
        Edges = bucket is { } length
            ? [.. length.EdgesBetween(range.From, range.To, range.Zone).Take(MaxPoints + 2)]
            : [range.From, range.To];
    }

    /// <summary>The edges, one more than there are buckets.</summary>
    public IReadOnlyList<DateTimeOffset> Edges { get; }

    /// <summary>The chosen length.</summary>
    public SeriesBucket Length =>
        _bucket is { } bucket ? Enum.Parse<SeriesBucket>(bucket.ToString()) : SeriesBucket.None;

    /// <exception cref="OperationException">There are too many buckets.</exception>
    public static SeriesBuckets Create(SeriesBucket requested, TimeRange range)
    {
        UsageBucket? bucket = requested switch
        {
            SeriesBucket.None => null,
            SeriesBucket.Minute => UsageBucket.Minute,
            SeriesBucket.Hour => UsageBucket.Hour,
            SeriesBucket.Day => UsageBucket.Day,
            SeriesBucket.Week => UsageBucket.Week,
            SeriesBucket.Month => UsageBucket.Month,
            _ => Choose(range.Length),
        };
        var buckets = new SeriesBuckets(bucket, range);
        if (buckets.Edges.Count > MaxPoints + 1)
            throw FieldRules.CreateException(
                "bucket",
                FormattableString.Invariant(
                    $"bucket '{requested.ToString().ToLowerInvariant()}' results in more than {MaxPoints} points. "
                ) + "Choose longer buckets or a shorter range."
            );
        return buckets;
    }

    /// <summary>True if a bucket is cut by the range, or not over yet.</summary>
    public bool IsPartial(int step, DateTimeOffset now) =>
        Edges[step + 1] > now
        || (_bucket is { } bucket && (IsWithin(bucket, Edges[step]) || IsWithin(bucket, Edges[step + 1])));

    /// <summary>Returns an edge with the offset of the time zone.</summary>
    public DateTimeOffset ToLocal(int edge) => TimeZoneInfo.ConvertTime(Edges[edge], _zone);

    /// <summary>True if a time is not the start of a bucket.</summary>
    private bool IsWithin(UsageBucket bucket, DateTimeOffset time) =>
        bucket.FloorToBucket(time, _zone) is var start
        && start != time
        // A clock hour may begin within itself, where the clock is put back by half an hour.
        && bucket.FloorToBucket(time.AddTicks(-1), _zone) == start;

    private static UsageBucket Choose(TimeSpan length) =>
        length.TotalHours switch
        {
            <= 2 => UsageBucket.Minute,
            <= 200 => UsageBucket.Hour,
            <= 120 * 24 => UsageBucket.Day,
            <= 750 * 24 => UsageBucket.Week,
            _ => UsageBucket.Month,
        };
}
