namespace Tollgate.Analytics.Forecasting;

/// <summary>
/// How a series is parted: the last days judge and choose nothing, as many days before them choose the method, and what
/// is before those is learned from.
/// </summary>
/// <param name="Days">The days of the series.</param>
internal readonly record struct Holdout(int Days)
{
    /// <summary>The fewest days: two weeks to learn from, one to choose by and one to judge by.</summary>
    public const int FewestDays = 28;

    /// <summary>The most days ahead for which a method is judged.</summary>
    public const int LongestHorizon = 14;

    /// <summary>Days that judge: 7 to 28.</summary>
    public int Length => Math.Clamp((Days - 14) / 2, 7, 28);

    /// <summary>The first day that chooses.</summary>
    public int Choosing => Days - (2 * Length);

    /// <summary>The first day that judges.</summary>
    public int Judging => Days - Length;

    /// <summary>Days ahead for which a method is judged.</summary>
    public int Horizon => Math.Min(LongestHorizon, Length);
}
