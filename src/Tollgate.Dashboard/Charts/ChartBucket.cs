namespace Tollgate.Dashboard.Charts;

/// <summary>One point in time of a chart.</summary>
/// <param name="Label">Its name for people, such as <c>Mon, Nov 30</c>.</param>
/// <param name="Link">The address of the calls behind it.</param>
/// <param name="IsPartial">True if it is not over yet, or cut by the range.</param>
public sealed record ChartBucket(string Label, string Link, bool IsPartial)
{
    /// <summary>The short label on the axis.</summary>
    public required string AxisLabel { get; init; }
}
