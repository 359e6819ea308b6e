namespace Tollgate.Gateway.Telemetry;

/// <summary>
/// A histogram with fixed bounds, counted without locks. The sum is stored in whole units of a resolution.
/// </summary>
internal sealed class Histogram(double[] bounds, double resolution)
{
    private readonly long[] _buckets = new long[bounds.Length + 1];
    private long _sum;

    /// <summary>The upper bounds, inclusive; one more bucket counts values above all of them.</summary>
    public ReadOnlySpan<double> Bounds => bounds;

    /// <summary>The sum of all values.</summary>
    public double Sum => Volatile.Read(ref _sum) * resolution;

    /// <summary>Counts a value.</summary>
    public void Add(double value)
    {
        var bucket = 0;
        while (bucket < bounds.Length && value > bounds[bucket])
            bucket++;
        Interlocked.Increment(ref _buckets[bucket]);
        Interlocked.Add(ref _sum, (long)Math.Round(value / resolution));
    }

    /// <summary>The number of values in one bucket.</summary>
    public long Count(int bucket) => Volatile.Read(ref _buckets[bucket]);
}
