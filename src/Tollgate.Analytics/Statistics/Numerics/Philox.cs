using System.Runtime.CompilerServices;

namespace Tollgate.Analytics.Statistics.Numerics;

/// <summary>
/// Philox4x32-10: J. Salmon and others, Parallel Random Numbers: As Easy as 1, 2, 3 (2011). A function from a counter
/// and a key to 128 random bits, so that any thread can make any draw in any order.
/// </summary>
internal static class Philox
{
    private const uint Multiplier0 = 0xD2511F53;
    private const uint Multiplier1 = 0xCD9E8D57;
    private const uint Weyl0 = 0x9E3779B9;
    private const uint Weyl1 = 0xBB67AE85;

    /// <summary>The four random words at one counter.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (uint X0, uint X1, uint X2, uint X3) At(ulong key, uint c0, uint c1, uint c2, uint c3)
    {
        var key0 = (uint)key;
        var key1 = (uint)(key >> 32);
        for (var round = 0; round < 10; round++)
        {
            var product0 = (ulong)Multiplier0 * c0;
            var product1 = (ulong)Multiplier1 * c2;
            c0 = (uint)(product1 >> 32) ^ c1 ^ key0;
            c1 = (uint)product1;
            c2 = (uint)(product0 >> 32) ^ c3 ^ key1;
            c3 = (uint)product0;
            key0 += Weyl0;
            key1 += Weyl1;
        }
        return (c0, c1, c2, c3);
    }

    /// <summary>Converts two words to a number above 0 and below 1, in steps of 2^-52, excluding both ends.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Uniform(uint high, uint low)
    {
        var bits = ((ulong)high << 32 | low) >> 12;
        return (bits + 0.5) * (1.0 / 4503599627370496.0);
    }
}
