using System.Collections;

namespace Tollgate.Analytics.Flows.Tallies;

/// <summary>
/// Tokens over time: the non-empty buckets, in order. It is computed while it is read, from the changes between
/// buckets, so a flow of a thousand years costs nothing until its minutes are read.
/// </summary>
public sealed class TokenSeries : IEnumerable<BucketTokens>
{
    private readonly long[] _buckets;
    private readonly Int128[] _changes;
    private readonly TimeSpan _length;
    private readonly TimeSpan _offset;

    internal TokenSeries(BucketCounter[] tallies, FlowOptions options)
    {
        (_length, _offset) = (options.Bucket, options.BucketOffset);
        (_buckets, _changes) = Merge(tallies);
    }

    /// <summary>The longest runs of buckets with the same tokens, in order.</summary>
    public IEnumerable<TokenRun> Runs
    {
        get
        {
            Int128 level = 0;
            for (var index = 0; index < _changes.Length; index++)
            {
                level += _changes[index];
                if (level == 0)
                    continue;
                yield return new TokenRun(
                    GetStart(_buckets[index]),
                    _buckets[index + 1] - _buckets[index],
                    new TokenAmount(level)
                );
            }
        }
    }

    /// <inheritdoc/>
    public IEnumerator<BucketTokens> GetEnumerator()
    {
        foreach (var stretch in Runs)
            for (long index = 0; index < stretch.Buckets; index++)
                yield return new BucketTokens(stretch.Start + (_length * index), stretch.Tokens);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static (long[] Buckets, Int128[] Changes) Merge(BucketCounter[] tallies)
    {
        var pages = BucketPages.Merge(tallies);
        var (buckets, changes, count) = (new long[1024], new Int128[1024], 0);
        for (var page = 0; page < pages.Numbers.Length; page++)
        {
            for (var index = 0; index < BucketPage.Length; index++)
            {
                var change = BucketPage.Join(pages.Change(page, index));
                if (change == 0)
                    continue;
                if (count == buckets.Length)
                {
                    Array.Resize(ref buckets, count * 2);
                    Array.Resize(ref changes, count * 2);
                }

                (buckets[count], changes[count]) = ((pages.Numbers[page] << BucketPage.Shift) + index, change);
                count++;
            }
        }

        return (buckets[..count], changes[..count]);
    }

    private DateTimeOffset GetStart(long bucket) => DateTimeOffset.UnixEpoch + (_length * bucket) - _offset;
}
