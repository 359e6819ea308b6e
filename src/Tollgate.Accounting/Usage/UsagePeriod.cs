namespace Tollgate.Accounting.Usage;

/// <summary>
/// A period by the start of attempts: from <paramref name="From"/> (inclusive) to <paramref name="To"/> (exclusive);
/// null means unbounded.
/// </summary>
/// <param name="From">The first time within the period.</param>
/// <param name="To">The first time after the period.</param>
public readonly record struct UsagePeriod(DateTimeOffset? From, DateTimeOffset? To)
{
    /// <summary>All time.</summary>
    public static readonly UsagePeriod All;

    /// <summary>True if a time is within the period.</summary>
    public bool Contains(DateTimeOffset time) => !(time < From) && !(time >= To);
}
