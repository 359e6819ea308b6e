namespace Tollgate.Accounting.Usage;

/// <summary>
/// A span of time by the start of attempts: from <paramref name="From"/> on, before <paramref name="To"/>; null is
/// without bound.
/// </summary>
/// <param name="From">The first moment within.</param>
/// <param name="To">The first moment after.</param>
public readonly record struct UsagePeriod(DateTimeOffset? From, DateTimeOffset? To)
{
    /// <summary>All time.</summary>
    public static readonly UsagePeriod All;
}
