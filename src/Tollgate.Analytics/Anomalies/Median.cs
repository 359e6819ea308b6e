namespace Tollgate.Analytics.Anomalies;

/// <summary>The middle of some values; of an even number the mean of both.</summary>
internal static class Median
{
    /// <param name="values">At least one. They are put in order.</param>
    public static double Of(double[] values)
    {
        Array.Sort(values);
        return (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2;
    }
}
