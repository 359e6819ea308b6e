namespace Tollgate.Analytics.Forecasting;

/// <summary>
/// How a series is split: the last days evaluate the method and take no part in the choice, as many days before them
/// choose it, and everything before those is training data.
/// </summary>
/// <param name="Days">The days of the series.</param>
internal readonly record struct Holdout(int Days)
{
    /// <summary>
    /// The minimum number of days: two weeks for training, one for the choice and one for the evaluation.
    /// </summary>
    public const int MinDays = 28;

    /// <summary>The maximum number of days ahead for which a method is evaluated.</summary>
    public const int MaxHorizon = 14;

    /// <summary>The number of evaluation days: 7 to 28.</summary>
    public int Length => Math.Clamp((Days - 14) / 2, 7, 28);

    /// <summary>The first day of the choice.</summary>
    public int Choosing => Days - (2 * Length);

    /// <summary>The first day of the evaluation.</summary>
    public int Judging => Days - Length;

    /// <summary>The number of days ahead for which a method is evaluated.</summary>
    public int Horizon => Math.Min(MaxHorizon, Length);
}
