namespace Tollgate.Operations.Usage.Scopes;

/// <summary>Finds the range that a range is compared with.</summary>
public static class RangeComparison
{
    private static readonly string[] Names = ["none", "previous", "day", "week", "month", "year", "custom"];

    /// <summary>
    /// Returns the range to compare with; null for <c>none</c>. <c>previous</c> is the period before, of the same
    /// length: for <c>today</c>, yesterday until the same time, and likewise for this week, month and year. The others
    /// are the same range a day, week, month or year earlier by the clock of the time zone.
    /// </summary>
    /// <param name="compare">
    /// <c>none</c>, <c>previous</c>, <c>day</c>, <c>week</c>, <c>month</c>, <c>year</c> or <c>custom</c>; null for
    /// none.
    /// </param>
    /// <param name="range">The range to compare.</param>
    /// <param name="custom">The range of <c>custom</c>.</param>
    /// <exception cref="OperationException">The comparison is not one of these, or <c>custom</c> has no
    /// range.</exception>
    public static TimeRange? Find(string? compare, TimeRange range, TimeRange? custom = null) =>
        compare switch
        {
            null or "none" => null,
            "previous" => FindPrevious(range),
            "day" or "week" or "month" or "year" => Earlier(range, compare),
            "custom" => custom
                ?? throw FieldRules.CreateException(
                    "compare",
                    "'compare' is 'custom', but there is no range to compare with."
                ),
            _ => throw FieldRules.CreateException(
                "compare",
                $"'{compare}' is not a valid comparison. Write one of {string.Join(", ", Names)}."
            ),
        };

    private static TimeRange FindPrevious(TimeRange range) =>
        range.Name switch
        {
            "today" or "yesterday" => Earlier(range, "day"),
            "this_week" or "last_week" => Earlier(range, "week"),
            "this_month" or "last_month" => Earlier(range, "month"),
            "this_year" or "last_year" => Earlier(range, "year"),
            _ => range.Shift(-1),
        };

    private static TimeRange Earlier(TimeRange range, string unit) =>
        range.ShiftClock(local =>
            unit switch
            {
                "day" => local.AddDays(-1),
                "week" => local.AddDays(-7),
                "month" => local.AddMonths(-1),
                _ => local.AddYears(-1),
            }
        );
}
