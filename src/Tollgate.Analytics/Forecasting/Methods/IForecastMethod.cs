namespace Tollgate.Analytics.Forecasting.Methods;

/// <summary>A way to forecast: it learns its parameters from a past.</summary>
internal interface IForecastMethod
{
    /// <summary>What it is called in reports.</summary>
    string Name { get; }

    /// <summary>Learns the parameters from the past, and from nothing else.</summary>
    /// <param name="past">One value a day, at least two weeks.</param>
    IFittedMethod Fit(ReadOnlySpan<double> past);
}

/// <summary>A method with its parameters.</summary>
internal interface IFittedMethod
{
    /// <summary>Forecasts the days after a past, which may be longer than the one that was learned from.</summary>
    /// <param name="past">One value a day, from the same first day on.</param>
    /// <param name="ahead">Gets one value a day.</param>
    void Forecast(ReadOnlySpan<double> past, Span<double> ahead);
}
