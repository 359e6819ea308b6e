namespace Tollgate.Analytics.Flows;

/// <summary>The options of a flow analysis.</summary>
public sealed record FlowOptions
{
    /// <summary>The percentiles of the cost per group, 0 to 100.</summary>
    public IReadOnlyList<decimal> Percentiles { get; init; } = [90m];

    /// <summary>The interpolation of percentiles between two flows.</summary>
    public PercentileMethod Method { get; init; }

    /// <summary>The distribution of tokens over time.</summary>
    public TokenDistribution Distribution { get; init; }

    /// <summary>The length of a time bucket: whole seconds.</summary>
    public TimeSpan Bucket { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// The offset of the buckets from UTC's, for time zones whose offset is not a whole number of buckets.
    /// </summary>
    public TimeSpan BucketOffset { get; init; }

    /// <summary>The price of tokens.</summary>
    public FlowPrices Prices { get; init; } = FlowPrices.Default;

    /// <summary>The columns' names.</summary>
    public FlowColumns Columns { get; init; } = new();

    /// <summary>Only flows that pass all of these are counted.</summary>
    public IReadOnlyList<FlowFilter> Where { get; init; } = [];

    /// <summary>The field separator: one ASCII character.</summary>
    public char Delimiter { get; init; } = ',';

    /// <summary>True if the first row that cannot be read ends the analysis.</summary>
    public bool Strict { get; init; }

    /// <summary>
    /// An additional output for the flows that are distributed over time, in order, with two more columns: their ends
    /// rounded to the bucket.
    /// </summary>
    public Stream? Rounded { get; init; }

    /// <summary>The number of reading threads; 0 means one per core.</summary>
    public int Threads { get; init; }

    /// <summary>Receives the number of bytes read so far, about every half MiB, on any thread.</summary>
    public IProgress<long>? Progress { get; init; }

    internal BlockSizes Blocks { get; init; } = BlockSizes.Usual;
}
