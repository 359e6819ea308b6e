using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Tollgate.Analytics.Flows.Tallies;

/// <summary>
/// Distributes tokens over time buckets. A flow costs a handful of additions no matter how long it is, since only the
/// changes at its ends are stored; every unit of its tokens goes into a bucket, the remainder of the division into the
/// earliest ones.
/// </summary>
internal sealed class BucketCounter
{
    private const int CacheSize = 1024;

    private static readonly Vector128<long> One = Vector128.Create(0L, 1L);

    private readonly Dictionary<long, BucketPage> _pages = [];
    private readonly BucketPage?[] _cache = new BucketPage[CacheSize];
    private readonly TokenDistribution _distribution;
    private readonly long _length;
    private readonly long _offset;
    private TokenSum _total;

    public BucketCounter(FlowOptions options)
    {
        _distribution = options.Distribution;
        _length = options.Bucket.Ticks / TimeSpan.TicksPerMicrosecond;
        _offset = options.BucketOffset.Ticks / TimeSpan.TicksPerMicrosecond;
    }

    public IReadOnlyDictionary<long, BucketPage> Pages => _pages;

    /// <summary>The sum that was distributed, in units of 1e-9 token.</summary>
    public Int128 Total => _total.Nano;

    /// <summary>The bucket that contains a time, as a number since 1970.</summary>
    public long GetBucket(long micros) => FloorDiv(micros + _offset);

    /// <summary>The bucket whose start is nearest to a time; halfway, the later one.</summary>
    public long NearestBucket(long micros) => FloorDiv(micros + _offset + (_length / 2));

    /// <summary>When a bucket starts, in microseconds since 1970.</summary>
    public long GetStart(long bucket) => (bucket * _length) - _offset;

    /// <param name="nano">The flow's tokens.</param>
    /// <param name="start">When it started, in microseconds since 1970.</param>
    /// <param name="end">When it ended: not before it started.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(long nano, long start, long end)
    {
        var (tokens, rest) = Math.DivRem(nano, TokenAmount.PerToken);
        _total.Add(tokens, rest);
        if (_distribution == TokenDistribution.Rounded)
        {
            var first = NearestBucket(start);
            AddEvenly(nano, first, Math.Max(1, NearestBucket(end) - first));
        }
        else
        {
            var first = GetBucket(start);
            var buckets = GetBucket(end) - first + 1;
            if (_distribution == TokenDistribution.Touched || buckets == 1)
                AddEvenly(nano, first, buckets);
            else
                AddByTime(nano, start, end, first, buckets);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddEvenly(long nano, long first, long buckets)
    {
        if (buckets == 1)
        {
            var all = BucketPage.Split(nano);
            Change(first) += all;
            Change(first + 1) -= all;
            return;
        }

        var (share, rest) = Math.DivRem(nano, buckets);
        var halves = BucketPage.Split(share);
        Change(first) += halves;
        Change(first + buckets) -= halves;
        AddOnes(first, rest);
    }

    /// <summary>
    /// Only the first and the last bucket can have individual shares; all between them are covered for their whole
    /// length.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddByTime(long nano, long start, long end, long first, long buckets)
    {
        var duration = end - start;
        var early = Share(nano, GetStart(first + 1) - start, duration);
        var full = Share(nano, _length, duration);
        var late = Share(nano, end - GetStart(first + buckets - 1), duration);
        AddEvenly(early, first, 1);
        AddEvenly(late, first + buckets - 1, 1);
        if (buckets > 2)
        {
            var halves = BucketPage.Split(full);
            Change(first + 1) += halves;
            Change(first + buckets - 1) -= halves;
        }

        AddOnes(first, (long)(nano - early - late - ((Int128)full * (buckets - 2))));
    }

    private void AddOnes(long first, long count)
    {
        if (count == 0)
            return;
        Change(first) += One;
        Change(first + count) -= One;
    }

    private static long Share(long nano, long part, long whole) => (long)((Int128)nano * part / whole);

    private ref Vector128<long> Change(long bucket)
    {
        var number = bucket >> BucketPage.Shift;
        var page = _cache[(int)number & (CacheSize - 1)];
        if (page is null || page.Number != number)
            page = FindPage(number);
        return ref page.Changes[(int)bucket & (BucketPage.Length - 1)];
    }

    private BucketPage FindPage(long number)
    {
        if (!_pages.TryGetValue(number, out var page))
            _pages.Add(number, page = new BucketPage(number));
        return _cache[(int)number & (CacheSize - 1)] = page;
    }

    private long FloorDiv(long micros) => micros >= 0 ? micros / _length : ~(~micros / _length);
}
