namespace Tollgate.Analytics.Forecasting;

/// <summary>The errors of rolling forecasts by the number of days ahead.</summary>
internal static class RollingErrors
{
    /// <summary>Errors of single days, on the method's scale: actual minus forecast.</summary>
    public static List<List<double>> ForDays(RollingForecasts rolling)
    {
        var errors = new List<List<double>>();
        for (var origin = 0; origin < rolling.Origins; origin++)
        {
            var forecast = rolling.Forecast(origin);
            var actual = rolling.Actual(origin);
            for (var day = 0; day < forecast.Length; day++)
                Add(errors, day, actual[day] - forecast[day]);
        }

        return errors;
    }

    /// <summary>
    /// Errors of the sums from the first day on: the logarithm of the actual sum over the forecast sum.
    /// </summary>
    /// <param name="rolling">The forecasts.</param>
    /// <param name="offset">Added to both for each day, since either may be 0.</param>
    /// <param name="lift">Subtracted from each.</param>
    public static List<List<double>> ForSums(RollingForecasts rolling, double offset, double lift)
    {
        var errors = new List<List<double>>();
        for (var origin = 0; origin < rolling.Origins; origin++)
        {
            var forecast = rolling.Forecast(origin);
            var actual = rolling.Actual(origin);
            var (expected, came) = (0.0, 0.0);
            for (var day = 0; day < forecast.Length; day++)
            {
                expected += rolling.Scale.From(forecast[day]) + offset;
                came += rolling.Scale.From(actual[day]) + offset;
                Add(errors, day, Math.Log(came / expected) - lift);
            }
        }

        return errors;
    }

    /// <summary>
    /// The ratio of actual to forecast over the first week ahead; limited to within a quarter of 1, since it is not
    /// meant to model a drift.
    /// </summary>
    public static double GetBiasFactor(RollingForecasts rolling, double offset)
    {
        var (expected, came) = (0.0, 0.0);
        for (var origin = 0; origin < rolling.Origins; origin++)
        {
            var forecast = rolling.Forecast(origin);
            for (var day = 0; day < Math.Min(7, forecast.Length); day++)
            {
                expected += rolling.Scale.From(forecast[day]) + offset;
                came += rolling.Scale.From(rolling.Actual(origin)[day]) + offset;
            }
        }

        return Math.Clamp(came / expected, 0.8, 1.25);
    }

    private static void Add(List<List<double>> errors, int day, double error)
    {
        if (errors.Count == day)
            errors.Add([]);
        errors[day].Add(error);
    }
}
