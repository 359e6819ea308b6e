using Tollgate.Analytics.Forecasting.Methods;

namespace Tollgate.Analytics.Forecasting;

/// <summary>A method on a scale.</summary>
internal sealed record Candidate(IForecastMethod Method, AmountScale Scale)
{
    /// <summary>
    /// Forecasts stay below that many times the highest day seen: a trend of logarithms can run away.
    /// </summary>
    private const double MostTimesHighest = 3;

    private static readonly IForecastMethod[] Tried =
    [
        new Smoothing(false, true),
        new Smoothing(true, true),
        new WeekdayMeans(),
        new Smoothing(false, false),
        new Smoothing(true, false),
    ];

    /// <summary>
    /// The yardsticks. Their errors are kept as square roots, so that an interval is wider where amounts are higher.
    /// </summary>
    public static readonly Candidate SeasonalNaive = new(new Methods.SeasonalNaive(), AmountScale.SquareRoot),
        LastValue = new(new Methods.LastValue(), AmountScale.SquareRoot);

    public string Name => Scale == AmountScale.Plain || IsYardstick ? Method.Name : $"{Method.Name}, on {Scale.Name}";

    public bool IsYardstick => Method is Methods.SeasonalNaive or Methods.LastValue;

    /// <summary>All that are tried for a series, the plainer ones first.</summary>
    public static IEnumerable<Candidate> For(ReadOnlySpan<double> past)
    {
        // On a scale of logarithms a day of 0 is far from all others; some are borne, many would be all there is.
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
        return new(Method.Fit(Scale.To(past)), Scale, Scale.To(highest * MostTimesHighest));
    }
}

/// <summary>A candidate with its parameters.</summary>
internal sealed record FittedCandidate(IFittedMethod Method, AmountScale Scale, double Highest)
{
    /// <summary>Forecasts values of the scale after values of the scale.</summary>
    public void Forecast(ReadOnlySpan<double> past, Span<double> ahead)
    {
        Method.Forecast(past, ahead);
        foreach (ref var value in ahead)
            value = Math.Min(value, Highest);
    }
}
