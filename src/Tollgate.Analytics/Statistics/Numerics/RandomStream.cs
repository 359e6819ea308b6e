using System.Runtime.CompilerServices;

namespace Tollgate.Analytics.Statistics.Numerics;

/// <summary>The random numbers of one stream of a seed, in sequence. Streams are independent of each other.</summary>
internal struct RandomStream(ulong seed, StreamKind kind, uint first = 0, uint second = 0)
{
    private uint _next;
    private double _spare;
    private bool _hasSpare;

    /// <summary>A number above 0 and below 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double NextUniform()
    {
        if (_hasSpare)
        {
            _hasSpare = false;
            return _spare;
        }
        var (x0, x1, x2, x3) = Philox.At(seed, first, second, _next++, (uint)kind);
        _spare = Philox.Uniform(x2, x3);
        _hasSpare = true;
        return Philox.Uniform(x0, x1);
    }

    public double NextNormal() => StandardNormal.Quantile(NextUniform());

    /// <summary>
    /// A whole number from 0 to below the given one; the relative bias is below 2^-20 as long as that is below 2^32.
    /// </summary>
    public int NextIndex(int below) => (int)(NextUniform() * below);

    /// <summary>
    /// A gamma variate with scale 1 and a shape of at least 1, by rejection: G. Marsaglia and W. Tsang (2000).
    /// </summary>
    public double NextGamma(double shape)
    {
        var d = shape - 1.0 / 3;
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var z = NextNormal();
            var root = 1 + c * z;
            if (root <= 0)
                continue;
            var v = root * root * root;
            if (Elementary.Log(NextUniform()) < 0.5 * z * z + d - d * v + d * Elementary.Log(v))
                return d * v;
        }
    }
}
