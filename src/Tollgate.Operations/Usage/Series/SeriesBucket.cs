namespace Tollgate.Operations.Usage.Series;

/// <summary>The requested length of the buckets of a series.</summary>
public enum SeriesBucket
{
    /// <summary>Chosen by the length of the range, for 6 to 200 points.</summary>
    Auto,

    /// <summary>A single bucket: one value for each group.</summary>
    None,

    /// <summary>A clock minute. There are no rollups for it, so the records are read.</summary>
    Minute,

    /// <summary>A clock hour.</summary>
    Hour,

    /// <summary>From midnight to midnight.</summary>
    Day,

    /// <summary>From Monday to Monday.</summary>
    Week,

    /// <summary>A calendar month.</summary>
    Month,
}
