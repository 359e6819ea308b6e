namespace Tollgate.Client.Usage;

/// <summary>A measure over time and by group; the lines add up to the total.</summary>
public sealed record UsageSeries
{
    /// <summary>The length of the buckets.</summary>
    public string Bucket { get; init; } = "";

    /// <summary>The total.</summary>
    public UsageLine Total { get; init; } = new();

    /// <summary>The groups, the highest first.</summary>
    public IReadOnlyList<UsageLine> Lines { get; init; } = [];
}

/// <summary>A line of a series.</summary>
public sealed record UsageLine
{
    /// <summary>The name of the group; null for usage without one. Empty for the total.</summary>
    public IReadOnlyList<string?> Names { get; init; } = [];

    /// <summary>True for the sum of all groups that have no line of their own.</summary>
    public bool IsOther { get; init; }

    /// <summary>The measure over the whole range; null if it is unknown.</summary>
    public IReadOnlyList<decimal?> Values { get; init; } = [];

    /// <summary>The measure in each bucket.</summary>
    public IReadOnlyList<UsagePoint> Points { get; init; } = [];
}

/// <summary>A bucket of a line.</summary>
public sealed record UsagePoint
{
    /// <summary>Its start.</summary>
    public DateTimeOffset Start { get; init; }

    /// <summary>Its end, which is not included.</summary>
    public DateTimeOffset End { get; init; }

    /// <summary>The measure; null if it is unknown.</summary>
    public IReadOnlyList<decimal?> Values { get; init; } = [];
}
