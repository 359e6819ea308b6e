namespace Tollgate.Dashboard.Charts;

/// <summary>One group of a chart over time.</summary>
/// <param name="Name">Its name for people.</param>
/// <param name="Color">The class of its color.</param>
/// <param name="Values">Its values, one for each bucket; null for unknown.</param>
/// <param name="Total">Its value for the whole range.</param>
public sealed record ChartLine(string Name, string Color, IReadOnlyList<decimal?> Values, decimal? Total)
{
    /// <summary>The address of the calls behind it; null if there is none.</summary>
    public string? Link { get; init; }
}
