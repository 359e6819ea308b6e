using Tollgate.Accounting.Usage;

namespace Tollgate.Operations.Usage.Series;

/// <summary>The sums of which a series is made.</summary>
/// <param name="Shown">The groups that have a line of their own.</param>
/// <param name="Groups">The sums of at least these groups by bucket.</param>
/// <param name="Total">The sums of all usage by bucket, in any number of parts.</param>
/// <param name="GroupCount">The number of all groups.</param>
internal sealed record GroupedSums(
    ShownGroups Shown,
    IReadOnlyList<UsageSum> Groups,
    IReadOnlyList<UsageSum> Total,
    int GroupCount
);
