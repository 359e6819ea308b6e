using Tollgate.Analytics.Forecasting.Methods;

namespace Tollgate.Analytics.Forecasting;

/// <summary>A method on a scale.</summary>
internal sealed record Candidate(IForecastMethod Method, AmountScale Scale)
{
    /// <summary>
    /// Forecasts are limited to this multiple of the highest observed day: a trend of logarithms can diverge.
    /// </summary>
    private const double MaxMultipleOfHighest = 3;

    private static readonly IForecastMethod[] Tried =
    [
        new Smoothing(false, true),
        new Smoothing(true, true),
        new WeekdayMeans(),
        new Smoothing(false, false),
        new Smoothing(true, false),
    ];

    /// <summary>
    /// The baselines. Their errors are computed on square roots, so that an interval is wider for higher amounts.
    /// </summary>
    public static readonly Candidate SeasonalNaive = new(new Methods.SeasonalNaive(), AmountScale.SquareRoot),
        LastValue = new(new Methods.LastValue(), AmountScale.SquareRoot);

    public string Name => Scale == AmountScale.Plain || IsBaseline ? Method.Name : $"{Method.Name}, on {Scale.Name}";

    public bool IsBaseline => Method is Methods.SeasonalNaive or Methods.LastValue;

    /// <summary>All candidates for a series, the simpler ones first.</summary>
    public static IEnumerable<Candidate> For(ReadOnlySpan<double> past)
    {
        // On a logarithmic scale, a day of 0 is an outlier; a few are tolerable, but many would dominate.
        var nothing = past.Count(0.0);
        AmountScale[] scales =
            nothing * 10 > past.Length
                ? [AmountScale.SquareRoot, AmountScale.Plain]
                : [AmountScale.SquareRoot, AmountScale.LogarithmFor(past), AmountScale.Plain];
        return Tried.SelectMany(method => scales.Select(scale => new Candidate(method, scale)));
    }

    public FittedCandidate Fit(ReadOnlySpan<double> past)
    {
        var highest = 0.0;
        foreach (var amount in past)
            highest = Math.Max(highest, amount);
        return new(Method.Fit(Scale.To(past)), Scale, Scale.To(highest * MaxMultipleOfHighest));
    }
}

/// <summary>A candidate with fitted parameters.</summary>
internal sealed record FittedCandidate(IFittedMethod Method, AmountScale Scale, double Highest)
{
    /// <summary>Forecasts values on the scale from past values on the scale.</summary>
    public void Forecast(ReadOnlySpan<double> past, Span<double> ahead)
    {
        Method.Forecast(past, ahead);
        foreach (ref var value in ahead)
            value = Math.Min(value, Highest);
    }
}
