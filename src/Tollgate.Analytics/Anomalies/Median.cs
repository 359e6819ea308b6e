namespace Tollgate.Analytics.Anomalies;

/// <summary>The median of some values; for an even number, the mean of the two in the middle.</summary>
internal static class Median
{
    /// <param name="values">At least one. They are sorted in place.</param>
    public static double Calculate(double[] values)
    {
        Array.Sort(values);
        return (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2;
    }
}
