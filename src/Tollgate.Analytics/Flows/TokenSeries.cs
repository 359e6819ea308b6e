using System.Collections;
using System.Runtime.Intrinsics;
using Tollgate.Analytics.Flows.Tallies;

namespace Tollgate.Analytics.Flows;

/// <summary>
/// Tokens over time: the buckets that have some, in their order. It is made while it is read, from the changes between
/// buckets, so a flow of a thousand years costs nothing until somebody reads its minutes.
/// </summary>
public sealed class TokenSeries : IEnumerable<TokenBucket>
{
    private readonly (long Bucket, Int128 Change)[] _changes;
    private readonly TimeSpan _length;
    private readonly TimeSpan _offset;

    internal TokenSeries(IEnumerable<BucketTally> tallies, FlowOptions options)
    {
        (_length, _offset) = (options.Bucket, options.BucketOffset);
        _changes = [.. Merge(tallies)];
    }

    /// <summary>The longest stretches of buckets with the same tokens, in their order.</summary>
    public IEnumerable<TokenStretch> Stretches
    {
        get
        {
            Int128 level = 0;
            for (var index = 0; index < _changes.Length; index++)
            {
                var (bucket, change) = _changes[index];
                level += change;
                if (level == 0) continue;
                yield return new TokenStretch(StartOf(bucket), _changes[index + 1].Bucket - bucket, new TokenAmount(level));
            }
        }
    }

    /// <inheritdoc/>
    public IEnumerator<TokenBucket> GetEnumerator()
    {
        foreach (var stretch in Stretches)
            for (long index = 0; index < stretch.Buckets; index++)
                yield return new TokenBucket(stretch.Start + (_length * index), stretch.Tokens);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static IEnumerable<(long Bucket, Int128 Change)> Merge(IEnumerable<BucketTally> tallies)
    {
        foreach (var pages in tallies.SelectMany(static tally => tally.Pages.Values).GroupBy(static page => page.Number).OrderBy(static pages => pages.Key))
        {
            var parts = pages.ToArray();
            for (var index = 0; index < BucketPage.Length; index++)
            {
                var sum = Vector128<long>.Zero;
                foreach (var part in parts) sum += part.Changes[index];
                if (BucketPage.Join(sum) is var change && change != 0) yield return ((pages.Key << BucketPage.Shift) + index, change);
            }
        }
    }

    private DateTimeOffset StartOf(long bucket) => DateTimeOffset.UnixEpoch + (_length * bucket) - _offset;
}
