using System.Globalization;
using System.Text;

namespace Tollgate.Analytics.Flows.Generation;

/// <summary>
/// Random numbers that are the same everywhere for the same seed: SplitMix64 (Steele, Lea, Flood: "Fast Splittable
/// Pseudorandom Number Generators", 2014).
/// </summary>
internal sealed class SeededStream(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        var mixed = _state += 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>0 to less than <paramref name="below"/>.</summary>
    public ulong Next(ulong below) => (ulong)(((UInt128)Next() * below) >> 64);

    /// <summary>0 to less than 1.</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>With mean 0 and deviation 1, by Box and Muller's transformation.</summary>
    public double NextNormal() => Math.Sqrt(-2 * Math.Log(1 - NextDouble())) * Math.Cos(2 * Math.PI * NextDouble());

    /// <summary>128 bits in the form of a UUID.</summary>
    public static StringBuilder AppendIdentity(StringBuilder line, ulong high, ulong low) =>
        line.Append(
            CultureInfo.InvariantCulture,
            $"{high >> 32:x8}-{(high >> 16) & 0xFFFF:x4}-{high & 0xFFFF:x4}-{low >> 48:x4}-{low & 0xFFFFFFFFFFFF:x12}"
        );
}
