namespace Tollgate.Accounting.Stores;

/// <summary>The state of a store's messages.</summary>
/// <param name="Due">The number to be sent, including failed ones.</param>
/// <param name="Failing">The number of those that have failed at least once.</param>
/// <param name="Abandoned">The number that failed for a day.</param>
/// <param name="OldestDue">When the alert of the oldest due message was raised.</param>
/// <param name="LastError">The last error among the unsent messages.</param>
public readonly record struct AlertCounts(
    int Due,
    int Failing,
    int Abandoned,
    DateTimeOffset? OldestDue,
    string? LastError
)
{
    /// <summary>Combines the counts of two stores.</summary>
    public static AlertCounts operator +(AlertCounts left, AlertCounts right) =>
        new(
            left.Due + right.Due,
            left.Failing + right.Failing,
            left.Abandoned + right.Abandoned,
            left.OldestDue is { } oldest && !(right.OldestDue < oldest) ? oldest : right.OldestDue,
            left.LastError ?? right.LastError
        );
}
