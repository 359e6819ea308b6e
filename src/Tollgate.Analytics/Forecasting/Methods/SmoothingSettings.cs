namespace Tollgate.Analytics.Forecasting.Methods;

/// <summary>The parameters of <see cref="Smoothing"/>.</summary>
/// <param name="Alpha">The share of an error that goes into the level.</param>
/// <param name="Beta">The share of that which goes into the trend; 0 without a trend.</param>
/// <param name="Gamma">The share of the rest that goes into the weekday.</param>
/// <param name="Phi">The share of the trend that remains from one day to the next.</param>
internal readonly record struct SmoothingSettings(double Alpha, double Beta, double Gamma, double Phi)
{
    private static readonly double[] Alphas = [0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.7, 0.9];
    private static readonly double[] Betas = [0.02, 0.1, 0.3];
    private static readonly double[] Gammas = [0, 0.05, 0.1, 0.2, 0.4];
    private static readonly double[] Phis = [0.85, 0.93, 0.98];

    /// <summary>
    /// All combinations, in a fixed order: among equally good ones, the first, which changes least, is chosen.
    /// </summary>
    public static IEnumerable<SmoothingSettings> Grid(bool hasTrend, bool hasWeek) =>
        from alpha in Alphas
        from gamma in hasWeek ? Gammas : [0]
        from beta in hasTrend ? Betas : [0]
        from phi in hasTrend ? Phis : [1]
        select new SmoothingSettings(alpha, beta, gamma, phi);
}
