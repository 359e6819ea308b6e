using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Tollgate.Analytics.Statistics.Numerics;

/// <summary>
/// M. J. Wichura, Algorithm AS 241, Applied Statistics 37 (1988), for four probabilities at once; errors of about
/// 1e-16.
/// </summary>
internal static class NormalQuantile
{
    /// <summary>The distance from one half up to which the first of the three approximations is valid.</summary>
    public const double CenterEnds = 0.425;

    private static ReadOnlySpan<double> CenterTop =>
        [
            2509.0809287301226727,
            33430.575583588128105,
            67265.770927008700853,
            45921.953931549871457,
            13731.693765509461125,
            1971.5909503065514427,
            133.14166789178437745,
            3.387132872796366608,
        ];

    private static ReadOnlySpan<double> CenterBottom =>
        [
            5226.495278852545925,
            28729.085735721942674,
            39307.89580009271061,
            21213.794301586595867,
            5394.1960214247511077,
            687.1870074920579083,
            42.313330701600911252,
            1,
        ];

    private static ReadOnlySpan<double> NearTop =>
        [
            7.7454501427834140764e-4,
            .0227238449892691845833,
            .24178072517745061177,
            1.27045825245236838258,
            3.64784832476320460504,
            5.7694972214606914055,
            4.6303378461565452959,
            1.42343711074968357734,
        ];

    private static ReadOnlySpan<double> NearBottom =>
        [
            1.05075007164441684324e-9,
            5.475938084995344946e-4,
            .0151986665636164571966,
            .14810397642748007459,
            .68976733498510000455,
            1.6763848301838038494,
            2.05319162663775882187,
            1,
        ];

    private static ReadOnlySpan<double> FarTop =>
        [
            2.01033439929228813265e-7,
            2.71155556874348757815e-5,
            .0012426609473880784386,
            .026532189526576123093,
            .29656057182850489123,
            1.7848265399172913358,
            5.4637849111641143699,
            6.6579046435011037772,
        ];

    private static ReadOnlySpan<double> FarBottom =>
        [
            2.04426310338993978564e-15,
            1.4215117583164458887e-7,
            1.8463183175100546818e-5,
            7.868691311456132591e-4,
            .0148753612908506148525,
            .13692988092273580531,
            .59983220655588793769,
            1,
        ];

    /// <summary>The quantiles of four probabilities, each above 0 and below 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Calculate(Vector256<double> probability)
    {
        var q = probability - Vector256.Create(0.5);
        var center = Center(q);
        var outside = Vector256.GreaterThan(Vector256.Abs(q), Vector256.Create(CenterEnds));
        if (outside == Vector256<double>.Zero)
            return center;
        var smaller = Vector256.Min(probability, Vector256<double>.One - probability);
        var r = Vector256.Sqrt(-Elementary.Log(smaller));
        if (Vector256.GreaterThanAny(r, Vector256.Create(5.0)))
            return OneByOne(probability);
        r -= Vector256.Create(1.6);
        var tail = Polynomial(NearTop, r) / Polynomial(NearBottom, r);
        tail = Vector256.ConditionalSelect(Vector256.LessThan(q, Vector256<double>.Zero), -tail, tail);
        return Vector256.ConditionalSelect(outside, tail, center);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Center(Vector256<double> q)
    {
        var r = Vector256.Create(0.180625) - q * q;
        return q * (Polynomial(CenterTop, r) / Polynomial(CenterBottom, r));
    }

    public static double Tail(double q, double probability)
    {
        var r = Math.Sqrt(-Elementary.Log(Math.Min(probability, 1 - probability)));
        var tail = r <= 5 ? Ratio(NearTop, NearBottom, r - 1.6) : Ratio(FarTop, FarBottom, r - 5);
        return q < 0 ? -tail : tail;
    }

    private static double Ratio(ReadOnlySpan<double> top, ReadOnlySpan<double> bottom, double r)
    {
        var at = Vector256.Create(r);
        return (Polynomial(top, at) / Polynomial(bottom, at)).ToScalar();
    }

    /// <summary>Beyond exp(-25): so rare that the third approximation is not worth a vector lane.</summary>
    private static Vector256<double> OneByOne(Vector256<double> probability) =>
        Vector256.Create(
            StandardNormal.Quantile(probability[0]),
            StandardNormal.Quantile(probability[1]),
            StandardNormal.Quantile(probability[2]),
            StandardNormal.Quantile(probability[3])
        );

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Polynomial(ReadOnlySpan<double> coefficients, Vector256<double> x)
    {
        var sum = Vector256.Create(coefficients[0]);
        sum = Vector256.FusedMultiplyAdd(sum, x, Vector256.Create(coefficients[1]));
        sum = Vector256.FusedMultiplyAdd(sum, x, Vector256.Create(coefficients[2]));
        sum = Vector256.FusedMultiplyAdd(sum, x, Vector256.Create(coefficients[3]));
        sum = Vector256.FusedMultiplyAdd(sum, x, Vector256.Create(coefficients[4]));
        sum = Vector256.FusedMultiplyAdd(sum, x, Vector256.Create(coefficients[5]));
        sum = Vector256.FusedMultiplyAdd(sum, x, Vector256.Create(coefficients[6]));
        return Vector256.FusedMultiplyAdd(sum, x, Vector256.Create(coefficients[7]));
    }
}
