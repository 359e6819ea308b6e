using System.Runtime.Intrinsics;

namespace Tollgate.Analytics.Flows.Tallies;

/// <summary>The pages of all threads, in chronological order.</summary>
internal sealed class BucketPages
{
    private readonly BucketCounter[] _tallies;

    private BucketPages(BucketCounter[] tallies, long[] numbers) => (_tallies, Numbers) = (tallies, numbers);

    /// <summary>The numbers of the pages that any thread has.</summary>
    public long[] Numbers { get; }

    public static BucketPages Merge(BucketCounter[] tallies)
    {
        var numbers = new HashSet<long>();
        foreach (var tally in tallies)
            numbers.UnionWith(tally.Pages.Keys);
        var ordered = new long[numbers.Count];
        numbers.CopyTo(ordered);
        Array.Sort(ordered);
        return new BucketPages(tallies, ordered);
    }

    /// <summary>The sum of all threads for one bucket of a page.</summary>
    public Vector128<long> Change(int page, int index)
    {
        var sum = Vector128<long>.Zero;
        foreach (var tally in _tallies)
            if (tally.Pages.TryGetValue(Numbers[page], out var part))
                sum += part.Changes[index];
        return sum;
    }
}
