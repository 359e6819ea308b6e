namespace Tollgate.Analytics.Forecasting;

/// <summary>
/// When a budget runs out according to a forecast. A day is null if that is not before the end of the window, or not
/// within the forecast.
/// </summary>
/// <param name="Expected">The day on which the running sum reaches the budget.</param>
/// <param name="Earliest">The day on which the upper end of the interval does.</param>
/// <param name="Latest">The day on which the lower end does.</param>
/// <param name="Until">The last day that was considered.</param>
public readonly record struct BudgetForecast(DateOnly? Expected, DateOnly? Earliest, DateOnly? Latest, DateOnly Until)
{
    /// <summary>Forecasts a budget.</summary>
    /// <param name="budget">The budget and its usage.</param>
    /// <param name="forecast">A forecast of the usage that counts against it, starting on the current day.</param>
    /// <param name="until">The last day of the budget's window; null if it has no end.</param>
    public static BudgetForecast Create(BudgetUsage budget, ForecastReport forecast, DateOnly? until)
    {
        var days = forecast.Days.TakeWhile(day => until is not { } last || day.Day <= last).ToArray();
        return new BudgetForecast(
            First(static day => day.Running),
            First(static day => day.RunningHigh),
            First(static day => day.RunningLow),
            days.Length == 0 ? forecast.Series.End : days[^1].Day
        );

        DateOnly? First(Func<ForecastDay, decimal> sum)
        {
            for (var index = 0; index < days.Length; index++)
                if (budget.UsedAfter(index, ahead => sum(days[ahead])) >= budget.Amount)
                    return days[index].Day;
            return null;
        }
    }
}
