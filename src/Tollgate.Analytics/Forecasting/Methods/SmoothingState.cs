using System.Runtime.CompilerServices;

namespace Tollgate.Analytics.Forecasting.Methods;

/// <summary>Level, trend and weekdays of a series after some of its days.</summary>
internal struct SmoothingState
{
    private const int Week = 7;

    private double _level;
    private double _trend;
    private Weekdays _weekdays;

    /// <summary>The initial state, from the first two weeks.</summary>
    public SmoothingState(ReadOnlySpan<double> past, bool hasTrend, bool hasWeek)
    {
        double first = 0,
            second = 0;
        for (var day = 0; day < Week; day++)
            (first, second) = (first + (past[day] / Week), second + (past[Week + day] / Week));
        _level = (first + second) / 2;
        // Two weeks reveal little about a trend: use half of the observed one.
        _trend = hasTrend ? (second - first) / Week / 2 : 0;
        for (var day = 0; day < Week; day++)
            _weekdays[day] = hasWeek ? ((past[day] + past[Week + day]) / 2) - _level : 0;
    }

    /// <summary>
    /// Processes the days, and returns the sum of the absolute errors one day ahead, from a given day on.
    /// </summary>
    public double Run(ReadOnlySpan<double> past, in SmoothingSettings settings, int from)
    {
        var sum = 0.0;
        for (var day = 0; day < past.Length; day++)
        {
            var error = past[day] - (_level + (settings.Phi * _trend) + _weekdays[day % Week]);
            _level += (settings.Phi * _trend) + (settings.Alpha * error);
            _trend = (settings.Phi * _trend) + (settings.Alpha * settings.Beta * error);
            _weekdays[day % Week] += settings.Gamma * (1 - settings.Alpha) * error;
            if (day >= from)
                sum += Math.Abs(error);
        }

        return sum;
    }

    /// <summary>Forecasts the following days.</summary>
    public readonly void Project(int days, double phi, Span<double> ahead)
    {
        var (drift, fading) = (0.0, 1.0);
        for (var day = 0; day < ahead.Length; day++)
        {
            fading *= phi;
            drift += fading * _trend;
            ahead[day] = _level + drift + _weekdays[(days + day) % Week];
        }
    }

    [InlineArray(Week)]
    private struct Weekdays
    {
        private double _first;
    }
}
