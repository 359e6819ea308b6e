using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Tollgate.Analytics.Statistics.Numerics;

namespace Tollgate.Analytics.Statistics.Resampling;

/// <summary>
/// Distributes a block's draws over its values with equal probability: one random byte is one draw. Not thread-safe.
/// </summary>
internal sealed class BlockDraws(ulong seed, StreamKind kind)
{
    /// <summary>Values in a block: as many as a byte can distinguish.</summary>
    public const int BlockSize = 256;

    private readonly uint[] _words = new uint[BlockSize / 4];

    /// <summary>Sets how often each value was drawn.</summary>
    /// <param name="draws">The number of draws that fall into the block.</param>
    /// <param name="resample">The number of the resample.</param>
    /// <param name="block">The number of the block.</param>
    /// <param name="weights">Space for a whole block.</param>
    /// <param name="values">The number of values in the block; the weights after them become 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Fill<T>(int draws, uint resample, uint block, Span<T> weights, int values)
        where T : struct, INumber<T>
    {
        weights[..BlockSize].Clear();
        ref var first = ref MemoryMarshal.GetReference(weights);
        // Bytes from here on would favor the first values of a short block; they are skipped.
        var fair = BlockSize / values * values;
        uint batch = 0;
        while (draws > 0)
        {
            PhiloxBatch.Fill(seed, new PhiloxCounter(resample, block, batch, kind), _words);
            batch += BlockSize / 16;
            var bytes = MemoryMarshal.AsBytes(_words.AsSpan());
            if (values == BlockSize)
            {
                var now = Math.Min(draws, bytes.Length);
                foreach (var at in bytes[..now])
                    Unsafe.Add(ref first, (nint)at) += T.One;
                draws -= now;
                continue;
            }
            for (var i = 0; i < bytes.Length && draws > 0; i++)
            {
                if (bytes[i] >= fair)
                    continue;
                weights[bytes[i] % values] += T.One;
                draws--;
            }
        }
    }
}
