using System.Runtime.Intrinsics;

namespace Tollgate.Analytics.Flows.Tallies;

/// <summary>
/// The changes in tokens from one bucket to the next, over a period. Each change is two numbers, the upper in units of
/// 2^30: a sum of 2^31 flows of any size cannot overflow, and one addition updates both.
/// </summary>
internal sealed class BucketPage(long number)
{
    /// <summary>Buckets in a page: 2^Shift.</summary>
    public const int Shift = 12,
        Length = 1 << Shift;

    private const int Half = 30;

    public long Number => number;

    public Vector128<long>[] Changes { get; } = new Vector128<long>[Length];

    public static Vector128<long> Split(long nano) => Vector128.Create(nano >> Half, nano & ((1L << Half) - 1));

    public static Int128 Join(Vector128<long> halves) => ((Int128)halves[0] << Half) + halves[1];
}
