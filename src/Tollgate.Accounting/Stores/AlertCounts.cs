namespace Tollgate.Accounting.Stores;

/// <summary>How the messages of a store stand.</summary>
/// <param name="Due">To be sent, failed ones included.</param>
/// <param name="Failing">Of those, the ones that have failed at least once.</param>
/// <param name="GivenUp">Failed for a day.</param>
/// <param name="OldestDue">When the alert of the oldest due message was raised.</param>
/// <param name="LastError">The last failure among those that are not sent.</param>
public readonly record struct AlertCounts(
    int Due,
    int Failing,
    int GivenUp,
    DateTimeOffset? OldestDue,
    string? LastError
)
{
    /// <summary>The messages of two stores together.</summary>
    public static AlertCounts operator +(AlertCounts left, AlertCounts right) =>
        new(
            left.Due + right.Due,
            left.Failing + right.Failing,
            left.GivenUp + right.GivenUp,
            left.OldestDue is { } oldest && !(right.OldestDue < oldest) ? oldest : right.OldestDue,
            left.LastError ?? right.LastError
        );
}
