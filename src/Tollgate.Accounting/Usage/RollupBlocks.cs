namespace Tollgate.Accounting.Usage;

/// <summary>
/// The rollups by blocks of time: the sums of each value of one dimension, and of all usage, in blocks of several
/// lengths. Each length is a multiple of the one before, so that any period is the sum and the difference of a few
/// blocks, in any time zone.
/// </summary>
public static class RollupBlocks
{
    private static readonly int[] Days = [24, 96, 384, 1536];

    private static readonly int[] HoursAndDays = [1, 6, .. Days];

    /// <summary>The dimensions that have blocks; null for all usage.</summary>
    public static IReadOnlyList<UsageDimension?> Dimensions { get; } =
    [null, .. UsageDimensions.RolledUp.Select(static dimension => (UsageDimension?)dimension)];

    /// <summary>
    /// Returns the lengths of the blocks of a dimension, in hours. Keys and users are so many that most of them have no
    /// more than one call in an hour, so blocks shorter than a day would be as many as the records.
    /// </summary>
    public static IReadOnlyList<int> GetHours(UsageDimension? dimension) =>
        dimension is UsageDimension.Key or UsageDimension.User ? Days : HoursAndDays;

    /// <summary>The dimensions and lengths of all blocks.</summary>
    public static IEnumerable<(UsageDimension? Dimension, int Hours)> All =>
        Dimensions.SelectMany(static dimension => GetHours(dimension).Select(hours => (dimension, hours)));

    /// <summary>Returns the number of a dimension in the table; 0 is all usage.</summary>
    public static int GetNumber(UsageDimension? dimension) => dimension is { } known ? (int)known + 1 : 0;

    /// <summary>
    /// Finds the dimension whose blocks serve a query, which is the only one that it groups by or filters on.
    /// </summary>
    /// <param name="query">The query.</param>
    /// <param name="dimension">The dimension; null for all usage.</param>
    /// <returns>False if there are no such blocks.</returns>
    public static bool TryFind(UsageSumQuery query, out UsageDimension? dimension)
    {
        dimension = query.By.Count > 0 ? query.By[0] : null;
        if ((query.BySlot && query.Edges.Count == 0) || query.By.Count > 1 || !query.IsRolledUp)
            return false;
        foreach (var filter in query.Where)
            if (!IsOnly(filter, ref dimension))
                return false;
        return true;
    }

    private static bool IsOnly(UsageFilter filter, ref UsageDimension? dimension)
    {
        if (filter is DimensionFilter one)
            return (dimension ??= one.Dimension) == one.Dimension;
        if (filter is not AnyFilter any)
            return false;
        foreach (var part in any.Filters)
            if (!IsOnly(part, ref dimension))
                return false;
        return true;
    }
}
