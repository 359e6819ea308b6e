using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Tollgate.Analytics.Statistics.Numerics;

/// <summary>
/// Many Philox words at once: four counters in the lanes of a vector. The words are those of <see cref="Philox.At"/>.
/// </summary>
internal static class PhiloxBatch
{
    private const ulong Low = 0xffff_ffff;

    /// <summary>
    /// Fills the words, a multiple of 16, with the results of the counter and those after it: the third word counts.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fill(ulong key, in PhiloxCounter counter, Span<uint> words)
    {
        var (first, second, third, kind) = counter;
        var results = MemoryMarshal.Cast<uint, Vector256<uint>>(words);
        var low = Vector256.Create(Low);
        for (var i = 0; i + 1 < results.Length; i += 2)
        {
            var at = third + (uint)(i * 2);
            var c0 = Vector256.Create((ulong)first);
            var c1 = Vector256.Create((ulong)second);
            var c2 = Vector256.Create((ulong)at, at + 1, at + 2, at + 3);
            var c3 = Vector256.Create((ulong)(uint)kind);
            var key0 = (uint)key;
            var key1 = (uint)(key >> 32);
            for (var round = 0; round < 10; round++)
            {
                var product0 = Multiply(c0, 0xD2511F53);
                var product1 = Multiply(c2, 0xCD9E8D57);
                c0 = (product1 >> 32) ^ c1 ^ Vector256.Create((ulong)key0);
                c1 = product1 & low;
                c2 = (product0 >> 32) ^ c3 ^ Vector256.Create((ulong)key1);
                c3 = product0 & low;
                key0 += 0x9E3779B9;
                key1 += 0xBB67AE85;
            }
            // Words 0 and 1 of all four counters, then words 2 and 3: an order specific to this function, the same
            // everywhere.
            results[i] = (c0 | c1 << 32).AsUInt32();
            results[i + 1] = (c2 | c3 << 32).AsUInt32();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Multiply(Vector256<ulong> values, uint by) =>
        Avx2.IsSupported
            ? Avx2.Multiply(values.AsUInt32(), Vector256.Create((ulong)by).AsUInt32())
            : values * Vector256.Create((ulong)by);
}
