namespace Tollgate.Dashboard.Pages.Overview;

/// <summary>The values of a dimension with the highest cost.</summary>
/// <param name="Title">The name of the dimension for people.</param>
/// <param name="Field">The dimension in addresses.</param>
/// <param name="Rows">The values, highest first.</param>
public sealed record TopList(string Title, string Field, IReadOnlyList<TopRow> Rows)
{
    /// <summary>The number of values that are not listed.</summary>
    public int OtherCount { get; init; }
}
