namespace Tollgate.Analytics.Statistics.Numerics;

/// <summary>The logarithm of the beta function, and the regularized incomplete beta function.</summary>
internal static class BetaFunctions
{
    private const double Tiny = 1e-300;

    /// <summary>
    /// From this size on, the logarithms of gamma functions are so large that their difference loses digits.
    /// </summary>
    private const double Large = 1e4;

    public static double LogBeta(double a, double b)
    {
        if (a > b)
            (a, b) = (b, a);
        return GammaFunctions.LogGamma(a)
            + (
                b < Large
                    ? GammaFunctions.LogGamma(b) - GammaFunctions.LogGamma(a + b)
                    : GammaFunctions.LogRatioOfLarge(b, a)
            );
    }

    /// <summary>I_x(a, b): the probability that a beta variate is at most x.</summary>
    public static double Regularized(double a, double b, double x) => Both(a, b, x).Lower;

    /// <summary>I_x(a, b) and 1 - I_x(a, b); the smaller one is computed, the other is its complement.</summary>
    public static (double Lower, double Upper) Both(double a, double b, double x)
    {
        if (x <= 0)
            return (0, 1);
        return x >= 1 ? (1, 0) : Both(a, b, x, LogBeta(a, b));
    }

    /// <summary>The x at which I_x(a, b) is the given probability: Newton steps within brackets.</summary>
    public static double Inverse(double a, double b, double probability)
    {
        if (probability <= 0)
            return 0;
        if (probability >= 1)
            return 1;
        if (b == 1)
            return Elementary.Power(probability, 1 / a);
        if (a == 1)
            return 1 - Elementary.Power(1 - probability, 1 / b);
        var logBeta = LogBeta(a, b);
        double low = 0,
            high = 1;
        var x = a / (a + b);
        for (var step = 0; step < 200; step++)
        {
            var error = Both(a, b, x, logBeta).Lower - probability;
            if (error == 0)
                return x;
            if (error > 0)
                high = x;
            else
                low = x;
            var density = Elementary.Exp((a - 1) * Elementary.Log(x) + (b - 1) * Elementary.LogOnePlus(-x) - logBeta);
            var next = x - error / density;
            if (!(next > low && next < high))
                next = 0.5 * (low + high);
            if (Math.Abs(next - x) <= 2e-16 * x || high - low < Tiny)
                return next;
            x = next;
        }
        return x;
    }

    private static (double Lower, double Upper) Both(double a, double b, double x, double logBeta)
    {
        var front = Elementary.Exp(a * Elementary.Log(x) + b * Elementary.LogOnePlus(-x) - logBeta);
        if (x < (a + 1) / (a + b + 2))
        {
            var lower = front * Fraction(a, b, x) / a;
            return (lower, 1 - lower);
        }
        var upper = front * Fraction(b, a, 1 - x) / b;
        return (1 - upper, upper);
    }

    /// <summary>Lentz's method for the continued fraction of DLMF 8.17.22.</summary>
    private static double Fraction(double a, double b, double x)
    {
        double c = 1;
        var d = 1 / NotZero(1 - (a + b) * x / (a + 1));
        var h = d;
        for (var m = 1; m < 100_000; m++)
        {
            var even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / NotZero(1 + even * d);
            c = NotZero(1 + even / c);
            h *= d * c;
            var odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / NotZero(1 + odd * d);
            c = NotZero(1 + odd / c);
            h *= d * c;
            if (Math.Abs(d * c - 1) < 3e-16)
                break;
        }
        return h;
    }

    private static double NotZero(double value) => Math.Abs(value) < Tiny ? Tiny : value;
}
