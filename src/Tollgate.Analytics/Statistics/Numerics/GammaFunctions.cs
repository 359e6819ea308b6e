namespace Tollgate.Analytics.Statistics.Numerics;

/// <summary>
/// The logarithm of the gamma function, its derivatives and the incomplete gamma function, for positive arguments.
/// </summary>
internal static class GammaFunctions
{
    private const double Tiny = 1e-300;

    /// <summary>From this shape on, Stirling's series is accurate enough without the gamma function itself.</summary>
    private const double Large = 12;

    /// <summary>From this shape on, the uniform expansion is accurate to the last digits.</summary>
    private const double Huge = 1e7;

    /// <summary>
    /// Stirling's series after an upward shift: errors near 1e-15, relative to the larger of the result and 1.
    /// </summary>
    public static double LogGamma(double x)
    {
        if (x is 1 or 2)
            return 0;
        double shift = 1;
        while (x < 12)
        {
            shift *= x;
            x += 1;
        }
        return Stirling(x) - Elementary.Log(shift);
    }

    public static double Digamma(double x)
    {
        double below = 0;
        for (; x < 10; x += 1)
            below += 1 / x;
        return Elementary.Log(x) - LogLessDigammaOfLarge(x) - below;
    }

    /// <summary>log(x) - digamma(x), which is about 1 / 2x, without cancellation at large x.</summary>
    public static double LogLessDigamma(double x) => x < 10 ? Elementary.Log(x) - Digamma(x) : LogLessDigammaOfLarge(x);

    /// <summary>1/x - trigamma(x), which is about -1 / 2x², likewise.</summary>
    public static double InverseLessTrigamma(double x) =>
        x < 10 ? 1 / x - Trigamma(x) : -(1 / (x * x) / 2 + TrigammaSeries(x) / x);

    public static double Trigamma(double x)
    {
        double below = 0;
        for (; x < 10; x += 1)
            below += 1 / (x * x);
        return 1 / x + 1 / (x * x) / 2 + TrigammaSeries(x) / x + below;
    }

    /// <summary>The logarithm of x^a e^-x / gamma(a), without cancellation at large a.</summary>
    public static double LogPowerTerm(double shape, double x) =>
        LogPowerTerm(shape, x, shape < Large ? LogGamma(shape) : 0);

    /// <summary>log gamma(b) - log gamma(a + b) for a large b, without cancellation.</summary>
    public static double LogRatioOfLarge(double b, double a) =>
        -((b - 0.5) * Elementary.LogOnePlus(a / b))
        - a * Elementary.Log(a + b)
        + a
        + StirlingRest(b)
        - StirlingRest(a + b);

    /// <summary>
    /// The regularized incomplete gamma functions P and Q = 1 - P; the smaller one is computed, the other is its
    /// complement.
    /// </summary>
    public static (double Lower, double Upper) Regularized(double shape, double x)
    {
        if (x <= 0)
            return (0, 1);
        return double.IsPositiveInfinity(x) ? (1, 0) : Regularized(shape, x, shape < Large ? LogGamma(shape) : 0);
    }

    /// <summary>
    /// The x at which P(shape, x) is the given probability: an initial guess, then Halley steps within brackets.
    /// </summary>
    public static double InverseLower(double shape, double probability)
    {
        if (probability <= 0)
            return 0;
        if (probability >= 1)
            return double.PositiveInfinity;
        var logGamma = LogGamma(shape);
        double low = 0,
            high = double.PositiveInfinity;
        var x = FirstGuess(shape, probability, logGamma);
        for (var step = 0; step < 100; step++)
        {
            var (lower, upper) = Regularized(shape, x, logGamma);
            var error = probability < 0.5 ? lower - probability : 1 - probability - upper;
            if (error == 0)
                return x;
            if (error > 0)
                high = x;
            else
                low = x;
            var density = Elementary.Exp((shape - 1) * Elementary.Log(x) - x - logGamma);
            var newton = error / density;
            var next = x - newton / (1 - 0.5 * Math.Clamp(newton * ((shape - 1) / x - 1), -1, 1));
            if (!(next > low && next < high))
                next =
                    double.IsPositiveInfinity(high) ? 2 * x
                    : low == 0 ? high / 16
                    : 0.5 * (low + high);
            if (Math.Abs(next - x) <= 4e-16 * x || next < Tiny)
                return next;
            x = next;
        }
        return x;
    }

    private static (double Lower, double Upper) Regularized(double shape, double x, double logGamma)
    {
        if (shape > Huge)
            return OfHuge(shape, x);
        var front = Elementary.Exp(LogPowerTerm(shape, x, logGamma));
        if (x < shape + 1)
        {
            var lower = front * Series(shape, x) / shape;
            return (lower, 1 - lower);
        }
        var upper = front * Fraction(shape, x);
        return (1 - upper, upper);
    }

    /// <summary>The logarithm of x^a e^-x / gamma(a), without cancellation at large a.</summary>
    private static double LogPowerTerm(double shape, double x, double logGamma)
    {
        if (shape < Large)
            return shape * Elementary.Log(x) - x - logGamma;
        var d = (x - shape) / shape;
        return shape * Elementary.LogOnePlusRest(d)
            + 0.5 * Elementary.Log(shape)
            - StandardNormal.LogRootTwoPi
            - StirlingRest(shape);
    }

    /// <summary>
    /// N. Temme's uniform expansion (DLMF 8.12), two terms of which are accurate here: series and continued fraction
    /// would need more steps the larger the shape is.
    /// </summary>
    private static (double Lower, double Upper) OfHuge(double shape, double x)
    {
        var d = (x - shape) / shape;
        var rest = Elementary.LogOnePlusRest(d);
        var eta = Math.CopySign(Math.Sqrt(-2 * rest), d);
        var z = eta * Math.Sqrt(shape);
        // Above this, the tail of the normal distribution is 0; below, eta is small enough for its powers.
        if (Math.Abs(z) > 38)
            return z > 0 ? (1, 0) : (0, 1);
        var first = -1.0 / 3 + eta * (1.0 / 12 + eta * (-2.0 / 135 + eta / 864));
        var second = -1.0 / 540 - eta / 288;
        var bend = Elementary.Exp(StandardNormal.LogDensity(z)) / Math.Sqrt(shape) * (first + second / shape);
        return (StandardNormal.Cumulative(z) - bend, StandardNormal.Cumulative(-z) + bend);
    }

    private static double LogLessDigammaOfLarge(double x)
    {
        var z = 1 / (x * x);
        return 0.5 / x
            + z
                * (
                    1.0 / 12
                    - z
                        * (
                            1.0 / 120
                            - z * (1.0 / 252 - z * (1.0 / 240 - z * (1.0 / 132 - z * (691.0 / 32760 - z / 12))))
                        )
                );
    }

    private static double TrigammaSeries(double x)
    {
        var z = 1 / (x * x);
        return z
            * (
                1.0 / 6
                - z * (1.0 / 30 - z * (1.0 / 42 - z * (1.0 / 30 - z * (5.0 / 66 - z * (691.0 / 2730 - z * 7.0 / 6)))))
            );
    }

    private static double Series(double shape, double x)
    {
        double sum = 1,
            term = 1;
        for (var n = 1; n < 100_000 && term > sum * 1e-17; n++)
        {
            term *= x / (shape + n);
            sum += term;
        }
        return sum;
    }

    /// <summary>Lentz's method for Legendre's continued fraction.</summary>
    private static double Fraction(double shape, double x)
    {
        var b = x + 1 - shape;
        var c = 1 / Tiny;
        var d = 1 / b;
        var h = d;
        for (var n = 1; n < 100_000; n++)
        {
            var a = -n * (n - shape);
            b += 2;
            d = 1 / NotZero(a * d + b);
            c = NotZero(b + a / c);
            var factor = c * d;
            h *= factor;
            if (Math.Abs(factor - 1) < 3e-16)
                break;
        }
        return h;
    }

    private static double FirstGuess(double shape, double probability, double logGamma)
    {
        if (shape < 1)
        {
            var edge = Elementary.Exp((Elementary.Log(probability) + Elementary.Log(shape) + logGamma) / shape);
            return edge < 0.5 ? Math.Max(edge, Tiny) : Math.Max(0.1, -Elementary.Log(1 - probability));
        }
        var ninth = 1 / (9 * shape);
        var root = 1 - ninth + StandardNormal.Quantile(probability) * Math.Sqrt(ninth);
        var guess = shape * root * root * root;
        if (root > 0.1)
            return guess;
        return Math.Max(Tiny, Elementary.Exp((Elementary.Log(probability) + Elementary.Log(shape) + logGamma) / shape));
    }

    private static double Stirling(double x) =>
        (x - 0.5) * Elementary.Log(x) - x + StandardNormal.LogRootTwoPi + StirlingRest(x);

    private static double StirlingRest(double x)
    {
        var z = 1 / (x * x);
        return (
                1.0 / 12
                - z
                    * (
                        1.0 / 360
                        - z * (1.0 / 1260 - z * (1.0 / 1680 - z * (1.0 / 1188 - z * (691.0 / 360360 - z / 156))))
                    )
            ) / x;
    }

    private static double NotZero(double value) => Math.Abs(value) < Tiny ? Tiny : value;
}
