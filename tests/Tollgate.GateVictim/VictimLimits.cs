using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Windows;

namespace Tollgate.GateVictim;

/// <summary>Limits as arguments: <c>Cost:10:total</c>, <c>Requests:10:day</c>, <c>ConcurrentRequests:5:instant</c>; at the end the model that alone it concerns.</summary>
internal static class VictimLimits
{
    public static Limit Parse(string text)
    {
        var parts = text.Split(':');
        var metric = Enum.Parse<LimitMetric>(parts[0]);
        return new Limit
        {
            Id = text,
            Name = text,
            Metric = metric,
            Amount = LimitAmount.Parse(metric, parts[1]),
            Scope = parts.Length > 3 ? LimitScope.Of(new ScopeTerm(LimitDimension.Model, parts[3])) : LimitScope.Global,
            Window = parts[2] switch
            {
                "total" => TotalWindow.Instance,
                "instant" => InstantWindow.Instance,
                "rolling" => new RollingWindow(TimeSpan.FromHours(1)),
                var unit => new CalendarWindow(Enum.Parse<CalendarUnit>(unit, ignoreCase: true)),
            },
        };
    }
}
