using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Tollgate.Analytics.Statistics.Numerics;

/// <summary>
/// Exponential and logarithm with the same bits on every machine: those of the runtime are the C library's, which
/// differ. Every multiply-add is an explicit fused one, so that no compiler's choice has an effect. Errors stay below
/// one unit in the last place.
/// </summary>
internal static class Elementary
{
    private const double Log2E = 1.4426950408889634;
    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;

    /// <summary>Adding this moves the integer part of a small number into the lowest bits.</summary>
    private const double Shifter = 6755399441055744.0;

    private const double ExpHighest = 709.78;
    private const double ExpLowest = -708;

    public static double Exp(double x)
    {
        if (double.IsNaN(x))
            return x;
        if (x > ExpHighest)
            return double.PositiveInfinity;
        if (x < ExpLowest)
            return 0;
        return ExpInRange(Vector256.Create(x)).ToScalar();
    }

    public static double Log(double x)
    {
        if (double.IsNaN(x) || x < 0)
            return double.NaN;
        if (x == 0)
            return double.NegativeInfinity;
        if (double.IsPositiveInfinity(x))
            return x;
        return x < 2.3e-308
            ? Log(x * 18014398509481984.0) - 54 * 0.6931471805599453
            : Log(Vector256.Create(x)).ToScalar();
    }

    /// <summary>The logarithm of 1 + x, also accurate for small x.</summary>
    public static double LogOnePlus(double x)
    {
        var sum = 1 + x;
        if (sum == 1)
            return x;
        return double.IsInfinity(sum) || sum <= 0 ? Log(sum) : Log(sum) * x / (sum - 1);
    }

    /// <summary>log(1 + x) - x, also accurate if both are nearly equal.</summary>
    public static double LogOnePlusRest(double x)
    {
        if (Math.Abs(x) > 0.01)
            return LogOnePlus(x) - x;
        // Nine terms: the tenth is below 1e-20 of a unit, and x squared is factored out.
        var series =
            -1.0 / 2
            + x
                * (
                    1.0 / 3
                    + x
                        * (
                            -1.0 / 4
                            + x * (1.0 / 5 + x * (-1.0 / 6 + x * (1.0 / 7 + x * (-1.0 / 8 + x * (1.0 / 9 - x / 10)))))
                        )
                );
        return x * x * series;
    }

    public static double Power(double x, double exponent) =>
        x == 0
            ? exponent == 0
                ? 1
                : 0
            : Exp(exponent * Log(x));

    /// <summary>The exponential of every element; too small ones become 0, too large ones infinity.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Exp(Vector256<double> x)
    {
        var within = Vector256.Min(Vector256.Max(x, Vector256.Create(ExpLowest)), Vector256.Create(ExpHighest));
        var result = ExpInRange(within);
        result = Vector256.ConditionalSelect(
            Vector256.GreaterThan(x, Vector256.Create(ExpHighest)),
            Vector256.Create(double.PositiveInfinity),
            result
        );
        return Vector256.ConditionalSelect(
            Vector256.LessThan(x, Vector256.Create(ExpLowest)),
            Vector256<double>.Zero,
            result
        );
    }

    /// <summary>The logarithm of every element. The elements are positive, finite and not subnormal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Log(Vector256<double> x)
    {
        // 1. x = m 2^k with m between sqrt(1/2) and sqrt(2).
        var bits = x.AsInt64() + Vector256.Create(0x3ff0000000000000L - 0x3fe6a09e667f3bcdL);
        var exponent = Vector256.ShiftRightLogical(bits, 52);
        var mantissa = (
            (bits & Vector256.Create(0x000fffffffffffffL)) + Vector256.Create(0x3fe6a09e667f3bcdL)
        ).AsDouble();
        var k =
            (exponent | Vector256.Create(0x4330000000000000L)).AsDouble() - Vector256.Create(4503599627370496.0 + 1023);

        // 2. log(1 + f) by the series in s = f / (2 + f), its coefficients fitted (fdlibm's e_log.c, Sun Microsystems
        // 1993).
        var f = mantissa - Vector256<double>.One;
        var s = f / (f + Vector256.Create(2.0));
        var z = s * s;
        var r = Vector256.Create(1.479819860511658591e-01);
        r = Vector256.FusedMultiplyAdd(r, z, Vector256.Create(1.531383769920937332e-01));
        r = Vector256.FusedMultiplyAdd(r, z, Vector256.Create(1.818357216161805012e-01));
        r = Vector256.FusedMultiplyAdd(r, z, Vector256.Create(2.222219843214978396e-01));
        r = Vector256.FusedMultiplyAdd(r, z, Vector256.Create(2.857142874366239149e-01));
        r = Vector256.FusedMultiplyAdd(r, z, Vector256.Create(3.999999999940941908e-01));
        r = Vector256.FusedMultiplyAdd(r, z, Vector256.Create(6.666666666666735130e-01));
        r *= z;
        var half = f * f * Vector256.Create(0.5);
        var low = Vector256.FusedMultiplyAdd(s, half + r, k * Vector256.Create(Ln2Low));
        return Vector256.FusedMultiplyAdd(k, Vector256.Create(Ln2High), f - (half - low));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> ExpInRange(Vector256<double> x)
    {
        // 1. x = k ln 2 + r with |r| at most half of ln 2.
        var shifted = Vector256.FusedMultiplyAdd(x, Vector256.Create(Log2E), Vector256.Create(Shifter));
        var k = shifted - Vector256.Create(Shifter);
        var r = Vector256.FusedMultiplyAdd(k, Vector256.Create(-Ln2High), x);
        r = Vector256.FusedMultiplyAdd(k, Vector256.Create(-Ln2Low), r);

        // 2. Taylor series up to r^13; the remainder is below 1e-17.
        var sum = Vector256.Create(1.0 / 6227020800);
        sum = Vector256.FusedMultiplyAdd(sum, r, Vector256.Create(1.0 / 479001600));
        sum = Vector256.FusedMultiplyAdd(sum, r, Vector256.Create(1.0 / 39916800));
        sum = Vector256.FusedMultiplyAdd(sum, r, Vector256.Create(1.0 / 3628800));
        sum = Vector256.FusedMultiplyAdd(sum, r, Vector256.Create(1.0 / 362880));
        sum = Vector256.FusedMultiplyAdd(sum, r, Vector256.Create(1.0 / 40320));
        sum = Vector256.FusedMultiplyAdd(sum, r, Vector256.Create(1.0 / 5040));
        sum = Vector256.FusedMultiplyAdd(sum, r, Vector256.Create(1.0 / 720));
        sum = Vector256.FusedMultiplyAdd(sum, r, Vector256.Create(1.0 / 120));
        sum = Vector256.FusedMultiplyAdd(sum, r, Vector256.Create(1.0 / 24));
        sum = Vector256.FusedMultiplyAdd(sum, r, Vector256.Create(1.0 / 6));
        sum = Vector256.FusedMultiplyAdd(sum, r, Vector256.Create(0.5));
        sum = Vector256.FusedMultiplyAdd(sum, r, Vector256<double>.One);
        sum = Vector256.FusedMultiplyAdd(sum, r, Vector256<double>.One);

        // 3. Times 2^k, as 2 times 2^(k-1): 2^1024 alone would be out of range.
        var exponent = shifted.AsInt64() << 52;
        var half = Vector256.Create(0.5).AsInt64();
        return (exponent + half).AsDouble() * (sum + sum);
    }
}
