namespace Tollgate.Analytics.Forecasting;

/// <summary>Chooses a method by the weeks before the last ones, and evaluates it on the last ones.</summary>
internal sealed class MethodSelection
{
    /// <summary>
    /// How much smaller than the best baseline's the error must be to count as better; a smaller margin is too often
    /// chance.
    /// </summary>
    private const double Margin = 0.95;

    /// <summary>Older forecasts say little about future errors.</summary>
    private const int MaxOrigins = 182;

    private readonly double[] _amounts;
    private readonly Holdout _holdout;

    public MethodSelection(ReadOnlySpan<double> amounts)
    {
        (_amounts, _holdout) = (amounts.ToArray(), new Holdout(amounts.Length));
        Tried = Choose();
        var tried = Evaluate(Tried);
        var (seasonal, last) = (Evaluate(Candidate.SeasonalNaive), Evaluate(Candidate.LastValue));
        var (error, naiveError) = (
            tried.MeanAbsoluteError(),
            Math.Min(seasonal.MeanAbsoluteError(), last.MeanAbsoluteError())
        );
        var isBetter = error < Margin * naiveError;
        Selected =
            isBetter ? Tried
            : seasonal.MeanAbsoluteError() <= last.MeanAbsoluteError() ? Candidate.SeasonalNaive
            : Candidate.LastValue;
        Accuracy = new ForecastAccuracy
        {
            Origins = _holdout.Length,
            Horizon = _holdout.Horizon,
            Tried = Tried.Name,
            TriedError = Rounded(error),
            SeasonalNaiveError = Rounded(seasonal.MeanAbsoluteError()),
            LastValueError = Rounded(last.MeanAbsoluteError()),
            MeanActual = Rounded(tried.MeanActual()),
            IsBetter = isBetter,
        };
    }

    /// <summary>The method selected by the choosing weeks.</summary>
    public Candidate Tried { get; }

    /// <summary>That method if it is better than the baselines, otherwise the better baseline.</summary>
    public Candidate Selected { get; }

    public ForecastAccuracy Accuracy { get; }

    /// <summary>
    /// The selected method's forecasts over the second half of the series, or over as much as was held out, as far
    /// ahead as the holdout is long. Its parameters are never fitted to the days that they are tested on.
    /// </summary>
    public RollingForecasts Roll()
    {
        var values = Selected.Scale.To(_amounts);
        var rolling = new RollingForecasts(Selected.Scale);
        var first = Math.Min(_holdout.Choosing, Math.Max(_amounts.Length / 2, _amounts.Length - MaxOrigins));
        foreach (
            var (start, end) in ((int, int)[])
                [(first, _holdout.Choosing), (_holdout.Choosing, _holdout.Judging), (_holdout.Judging, _amounts.Length)]
        )
            if (start < end)
                rolling.Add(Selected.Fit(_amounts.AsSpan(0, start)), values, start, end, _holdout.Length);
        return rolling;
    }

    private static decimal Rounded(double amount) => ForecastReport.Rounded(amount);

    private Candidate Choose()
    {
        var past = _amounts.AsSpan(0, _holdout.Choosing);
        var (best, lowestError) = ((Candidate?)null, double.PositiveInfinity);
        foreach (var candidate in Candidate.For(past))
        {
            var rolling = new RollingForecasts(candidate.Scale);
            // Only data known before the evaluation weeks: forecasts end where those start.
            rolling.Add(
                candidate.Fit(past),
                candidate.Scale.To(_amounts.AsSpan(0, _holdout.Judging)),
                _holdout.Choosing,
                _holdout.Judging,
                _holdout.Horizon
            );
            var error = rolling.MeanAbsoluteError();
            if (error < lowestError || best is null)
                (best, lowestError) = (candidate, error);
        }

        return best!;
    }

    private RollingForecasts Evaluate(Candidate candidate)
    {
        var rolling = new RollingForecasts(candidate.Scale);
        rolling.Add(
            candidate.Fit(_amounts.AsSpan(0, _holdout.Judging)),
            candidate.Scale.To(_amounts),
            _holdout.Judging,
            _amounts.Length,
            _holdout.Horizon
        );
        return rolling;
    }
}
