namespace Tollgate.Analytics.Flows;

/// <summary>What is asked of a flow analysis.</summary>
public sealed record FlowOptions
{
    /// <summary>The percentiles of the cost per group, 0 to 100.</summary>
    public IReadOnlyList<decimal> Percentiles { get; init; } = [90m];

    /// <summary>How a percentile between two flows is found.</summary>
    public PercentileMethod Method { get; init; }

    /// <summary>How tokens are spread over time.</summary>
    public TokenDistribution Distribution { get; init; }

    /// <summary>The length of a bucket of time: whole seconds.</summary>
    public TimeSpan Bucket { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How far the buckets are moved from those of UTC, for clocks that do not differ from it by whole buckets.
    /// </summary>
    public TimeSpan BucketOffset { get; init; }

    /// <summary>What a token costs.</summary>
    public FlowPrices Prices { get; init; } = FlowPrices.Default;

    /// <summary>The columns' names.</summary>
    public FlowColumns Columns { get; init; } = new();

    /// <summary>Only flows that pass all of these are counted.</summary>
    public IReadOnlyList<FlowFilter> Where { get; init; } = [];

    /// <summary>What separates fields: one ASCII character.</summary>
    public char Delimiter { get; init; } = ',';

    /// <summary>Whether the first row that cannot be read ends the analysis.</summary>
    public bool Strict { get; init; }

    /// <summary>
    /// Where the flows that are spread over time go too, in their order, with two more columns: their ends rounded to
    /// the bucket.
    /// </summary>
    public Stream? Rounded { get; init; }

    /// <summary>How many threads read; 0 is one a core.</summary>
    public int Threads { get; init; }

    /// <summary>Hears how many bytes were read so far, about every half MiB, on any thread.</summary>
    public IProgress<long>? Progress { get; init; }

    internal BlockSizes Blocks { get; init; } = BlockSizes.Usual;
}
