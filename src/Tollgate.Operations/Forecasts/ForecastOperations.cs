using Tollgate.Analytics.Forecasting;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Operations.Forecasts;

/// <summary>Forecasts daily cost, and when budgets run out.</summary>
/// <param name="workspace">The ledger.</param>
public sealed class ForecastOperations(Workspace workspace)
{
    /// <summary>Forecasts the ledger's daily cost in US dollars and, unless the history has a given end, its
    /// budgets.</summary>
    /// <exception cref="OperationException">A number is out of range.</exception>
    /// <exception cref="FileNotFoundException">There is no ledger in the folder.</exception>
    public async Task<ForecastResult> ForecastAsync(ForecastRequest request, CancellationToken cancellationToken)
    {
        Validate(request.Days, request.Level);
        var usage = new DailyUsage(workspace.OpenQuery(), request.Zone);
        var today = usage.ToDay(workspace.Now);
        // The current day is not over, so it is the first day of the forecast.
        var end = request.To is { } last && last < today ? last.AddDays(1) : today;
        var from = request.From ?? end.AddDays(-ForecastRequest.DefaultHistoryDays);
        var groups = await usage.ReadAsync(usage.Between(from, end), request.By, [], cancellationToken);
        var budgets = new BudgetForecasts(
            workspace,
            usage,
            new BudgetForecastOptions(today, from, request.Days, request.Level)
        );
        return new ForecastResult
        {
            Quantity = "daily cost in USD",
            By = request.By?.ToString().ToLowerInvariant() ?? "none",
            Level = request.Level,
            Groups =
            [
                .. groups
                    .Select(group => new ForecastGroup(
                        group.Name,
                        DailyForecast.Make(DailySeries.FromDays(group.Days, end), request.Days, request.Level)
                    ))
                    .OrderByDescending(static group => group.Last?.Running ?? -1)
                    .ThenBy(static group => group.Name, StringComparer.Ordinal),
            ],
            Budgets = request.To is null ? await budgets.ReadAsync(cancellationToken) : [],
        };
    }

    /// <summary>Forecasts a given series.</summary>
    /// <exception cref="OperationException">A number is out of range.</exception>
    public static ForecastResult Forecast(SeriesForecastRequest request)
    {
        Validate(request.Days, request.Level);
        var days = request.Amounts.Where(amount => request.From is not { } first || amount.Day >= first);
        var series = DailySeries.FromDays(days, request.To?.AddDays(1));
        return new ForecastResult
        {
            Quantity = request.Quantity,
            By = "none",
            Level = request.Level,
            Groups = [new ForecastGroup(null, DailyForecast.Make(series, request.Days, request.Level))],
        };
    }

    private static void Validate(int days, int level)
    {
        FieldRules.RequireRange("days", days, 1, DailyForecast.MaxDays);
        FieldRules.RequireRange("level", level, ForecastRequest.MinLevel, ForecastRequest.MaxLevel);
    }
}
