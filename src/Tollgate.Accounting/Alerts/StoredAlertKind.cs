namespace Tollgate.Accounting.Alerts;

/// <summary>The stored names of the kinds of alerts. A kind that was renamed is read by its former name too.</summary>
public static class StoredAlertKind
{
    private const string FormerLimitExhausted = "LimitSpent";

    /// <summary>Parses a stored name: that of the value, or one that it had in an earlier version.</summary>
    /// <param name="name">The name, such as <c>LimitExhausted</c>.</param>
    /// <exception cref="ArgumentException">It is not the name of a kind.</exception>
    public static AlertKind Parse(string name) =>
        name == FormerLimitExhausted ? AlertKind.LimitExhausted : Enum.Parse<AlertKind>(name);

    /// <summary>
    /// The prefix of the keys of alerts of a kind. It never changes: an alert with a stored key does not fire again.
    /// </summary>
    internal static string GetKeyPrefix(AlertKind kind) =>
        kind == AlertKind.LimitExhausted ? FormerLimitExhausted : kind.ToString();
}
