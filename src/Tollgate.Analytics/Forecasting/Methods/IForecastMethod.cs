namespace Tollgate.Analytics.Forecasting.Methods;

/// <summary>A forecasting method: it fits its parameters to the past.</summary>
internal interface IForecastMethod
{
    /// <summary>Its name in reports.</summary>
    string Name { get; }

    /// <summary>Fits the parameters to the past, and to nothing else.</summary>
    /// <param name="past">One value per day, at least two weeks.</param>
    IFittedMethod Fit(ReadOnlySpan<double> past);
}

/// <summary>A method with fitted parameters.</summary>
internal interface IFittedMethod
{
    /// <summary>Forecasts the days after a past, which may be longer than the one used for fitting.</summary>
    /// <param name="past">One value per day, with the same first day.</param>
    /// <param name="ahead">Receives one value per day.</param>
    void Forecast(ReadOnlySpan<double> past, Span<double> ahead);
}
