namespace Tollgate.Analytics.Forecasting;

/// <summary>The running sum of a forecast, with its interval. It never decreases.</summary>
internal sealed class RunningSums
{
    private readonly decimal[] _low,
        _middle,
        _high;

    public RunningSums(RollingForecasts rolling, ReadOnlySpan<double> values, double part, bool isMedian)
    {
        var mean = rolling.MeanActual();
        var offset = mean > 0 ? 0.01 * mean : 1;
        // Medians add up to less than the expected sum: the observed days show by how much.
        var lift = isMedian ? Math.Log(RollingErrors.GetBiasFactor(rolling, offset)) : 0;
        var bands = new ErrorBands(RollingErrors.ForSums(rolling, offset, lift), part, areSums: true);
        var sums = new double[values.Length];
        for (var day = 0; day < sums.Length; day++)
            sums[day] = (day == 0 ? 0 : sums[day - 1]) + rolling.Scale.From(values[day]) + offset;
        _low = Curve(-1);
        _middle = Curve(0);
        _high = Curve(1);

        decimal[] Curve(int side)
        {
            var curve = new decimal[sums.Length];
            for (var day = 0; day < curve.Length; day++)
            {
                var sum = Math.Max(0, (sums[day] * Math.Exp(lift + (side * bands.At(day + 1)))) - ((day + 1) * offset));
                curve[day] = Math.Max(day == 0 ? 0 : curve[day - 1], ForecastReport.Rounded(sum));
            }

            return curve;
        }
    }

    public decimal Low(int day) => _low[day];

    public decimal Middle(int day) => _middle[day];

    public decimal High(int day) => _high[day];
}
