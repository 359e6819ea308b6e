using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Tollgate.Analytics.Statistics.Numerics;

/// <summary>
/// Sums in a fixed number of lanes (eight; four for powers), value i in lane i modulo that, and adds the lanes in pairs
/// at the end: the same order on every machine, regardless of its vector width.
/// </summary>
internal static class OrderedSum
{
    /// <summary>The sum of the distances from an origin.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double OfDistances(ReadOnlySpan<double> values, double origin)
    {
        var pairs = MemoryMarshal.Cast<double, Vector256<double>>(values[..(values.Length & ~7)]);
        var from = Vector256.Create(origin);
        var low = Vector256<double>.Zero;
        var high = Vector256<double>.Zero;
        for (var i = 0; i < pairs.Length; i += 2)
        {
            low += pairs[i] - from;
            high += pairs[i + 1] - from;
        }
        var sum = Lanes(low + high);
        foreach (var value in values[(values.Length & ~7)..])
            sum += value - origin;
        return sum;
    }

    /// <summary>The sum of products of two columns of the same length, which is a multiple of 8.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double OfProducts(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        var x = MemoryMarshal.Cast<double, Vector256<double>>(first);
        var y = MemoryMarshal.Cast<double, Vector256<double>>(second)[..x.Length];
        var low = Vector256<double>.Zero;
        var high = Vector256<double>.Zero;
        for (var i = 0; i + 1 < x.Length; i += 2)
        {
            low = Vector256.FusedMultiplyAdd(x[i], y[i], low);
            high = Vector256.FusedMultiplyAdd(x[i + 1], y[i + 1], high);
        }
        return Lanes(low + high);
    }

    /// <summary>The sums of the second, third and fourth powers of the distances from an origin.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (double Second, double Third, double Fourth) OfPowers(ReadOnlySpan<double> values, double origin)
    {
        var vectors = MemoryMarshal.Cast<double, Vector256<double>>(values);
        var from = Vector256.Create(origin);
        var (second, third, fourth) = (Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero);
        foreach (var vector in vectors)
        {
            var distance = vector - from;
            var square = distance * distance;
            second += square;
            third = Vector256.FusedMultiplyAdd(square, distance, third);
            fourth = Vector256.FusedMultiplyAdd(square, square, fourth);
        }
        var sums = (Lanes(second), Lanes(third), Lanes(fourth));
        foreach (var value in values[(vectors.Length * Vector256<double>.Count)..])
        {
            var square = (value - origin) * (value - origin);
            sums = (sums.Item1 + square, sums.Item2 + square * (value - origin), sums.Item3 + square * square);
        }
        return sums;
    }

    private static double Lanes(Vector256<double> sum) => sum[0] + sum[2] + (sum[1] + sum[3]);
}
