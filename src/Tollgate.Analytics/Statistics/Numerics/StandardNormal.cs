using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Tollgate.Analytics.Statistics.Numerics;

/// <summary>
/// The standard normal distribution: W. J. Cody (1969) for probabilities, M. J. Wichura's AS 241 (1988) for quantiles.
/// </summary>
internal static class StandardNormal
{
    /// <summary>The logarithm of the square root of 2 pi.</summary>
    public const double LogRootTwoPi = 0.91893853320467274178;

    private const double OneOverRootTwoPi = 0.39894228040143267794;

    private static readonly double[] CentreTop =
    [
        0.065682337918207449113,
        2.2352520354606839287,
        161.02823106855587881,
        1067.6894854603709582,
        18154.981253343561249,
    ];

    private static readonly double[] CentreBottom =
    [
        1,
        47.20258190468824187,
        976.09855173777669322,
        10260.932208618978205,
        45507.789335026729956,
    ];

    private static readonly double[] MiddleTop =
    [
        1.0765576773720192317e-8,
        .39894151208813466764,
        8.8831497943883759412,
        93.506656132177855979,
        597.27027639480026226,
        2494.5375852903726711,
        6848.1904505362823326,
        11602.651437647350124,
        9842.7148383839780218,
    ];

    private static readonly double[] MiddleBottom =
    [
        1,
        22.266688044328115691,
        235.38790178262499861,
        1519.377599407554805,
        6485.558298266760755,
        18615.571640885098091,
        34900.952721145977266,
        38912.003286093271411,
        19685.429676859990727,
    ];

    private static readonly double[] FarTop =
    [
        .02307344176494017303,
        .21589853405795699,
        .1274011611602473639,
        .022235277870649807,
        .001421619193227893466,
        2.9112874951168792e-5,
    ];

    private static readonly double[] FarBottom =
    [
        1,
        1.28426009614491121,
        .468238212480865118,
        .0659881378689285515,
        .00378239633202758244,
        7.29751555083966205e-5,
    ];

    public static double LogDensity(double z) => -0.5 * z * z - LogRootTwoPi;

    /// <summary>The probability of a value of at most z.</summary>
    public static double Cumulative(double z)
    {
        var size = Math.Abs(z);
        if (double.IsNaN(z))
            return z;
        if (size <= 0.67448975)
            return 0.5 + z * Polynomial(CentreTop, z * z) / Polynomial(CentreBottom, z * z);
        var tail = size < 38.5 ? UpperTail(size) : 0;
        return z > 0 ? 1 - tail : tail;
    }

    /// <summary>The value that is not exceeded with the given probability, between 0 and 1.</summary>
    public static double Quantile(double probability)
    {
        if (double.IsNaN(probability))
            return probability;
        if (probability <= 0)
            return double.NegativeInfinity;
        if (probability >= 1)
            return double.PositiveInfinity;
        var q = probability - 0.5;
        if (Math.Abs(q) <= NormalQuantile.CenterEnds)
            return NormalQuantile.Center(Vector256.Create(q)).ToScalar();
        return NormalQuantile.Tail(q, probability);
    }

    /// <summary>Turns probabilities into quantiles, in place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Quantiles(Span<double> values)
    {
        var vectors = MemoryMarshal.Cast<double, Vector256<double>>(values);
        foreach (ref var vector in vectors)
            vector = NormalQuantile.Calculate(vector);
        for (var i = vectors.Length * Vector256<double>.Count; i < values.Length; i++)
            values[i] = Quantile(values[i]);
    }

    private static double UpperTail(double size)
    {
        double ratio;
        if (size <= 5.656854249492380195)
            ratio = Polynomial(MiddleTop, size) / Polynomial(MiddleBottom, size);
        else
        {
            var inverse = 1 / (size * size);
            ratio = (OneOverRootTwoPi - inverse * Polynomial(FarTop, inverse) / Polynomial(FarBottom, inverse)) / size;
        }

        // exp(-size^2 / 2) in two factors, since the square of a rounded number would lose its last digits.
        var rounded = Math.Truncate(size * 16) / 16;
        return Elementary.Exp(-0.5 * rounded * rounded)
            * Elementary.Exp(-0.5 * (size - rounded) * (size + rounded))
            * ratio;
    }

    private static double Polynomial(double[] coefficients, double x)
    {
        double sum = 0;
        foreach (var coefficient in coefficients)
            sum = sum * x + coefficient;
        return sum;
    }
}
