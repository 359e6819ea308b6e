namespace Tollgate.Analytics.Forecasting;

/// <summary>The running sum of a forecast, with its interval. It never falls.</summary>
internal sealed class RunningSums
{
    private readonly decimal[] _low, _middle, _high;

    public RunningSums(RollingForecasts rolling, ReadOnlySpan<double> values, int level)
    {
        var mean = rolling.MeanActual();
        var offset = mean > 0 ? 0.01 * mean : 1;
        var errors = new ErrorQuantiles(RollingErrors.OfSums(rolling, offset));
        var sums = new double[values.Length];
        for (var day = 0; day < sums.Length; day++) sums[day] = (day == 0 ? 0 : sums[day - 1]) + rolling.Scale.From(values[day]) + offset;
        _low = Curve((100 - level) / 200.0);
        _middle = Curve(0.5);
        _high = Curve((100 + level) / 200.0);

        decimal[] Curve(double part)
        {
            var curve = new decimal[sums.Length];
            for (var day = 0; day < curve.Length; day++)
            {
                var sum = Math.Max(0, (sums[day] * Math.Exp(errors.At(day + 1, part))) - ((day + 1) * offset));
                curve[day] = Math.Max(day == 0 ? 0 : curve[day - 1], ForecastReport.Rounded(sum));
            }

            return curve;
        }
    }

    public decimal Low(int day) => _low[day];

    public decimal Middle(int day) => _middle[day];

    public decimal High(int day) => _high[day];
}
