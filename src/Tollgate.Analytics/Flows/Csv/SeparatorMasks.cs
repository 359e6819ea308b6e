using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Tollgate.Analytics.Flows.Csv;

/// <summary>64 bytes at once.</summary>
internal readonly struct SeparatorMask512 : ISeparatorMask
{
    public static bool IsSupported => Vector512.IsHardwareAccelerated;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Find(ref readonly byte text, byte delimiter, out ulong lineEnds)
    {
        var bytes = Vector512.LoadUnsafe(in text);
        lineEnds = Vector512.Equals(bytes, Vector512.Create((byte)'\n')).ExtractMostSignificantBits();
        return Vector512.Equals(bytes, Vector512.Create(delimiter)).ExtractMostSignificantBits() | lineEnds;
    }
}

/// <summary>32 bytes at once.</summary>
internal readonly struct SeparatorMask256 : ISeparatorMask
{
    public static bool IsSupported => Vector256.IsHardwareAccelerated;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Find(ref readonly byte text, byte delimiter, out ulong lineEnds)
    {
        var (low, high) = (Vector256.LoadUnsafe(in text), Vector256.LoadUnsafe(in text, 32));
        var (ends, separator) = (Vector256.Create((byte)'\n'), Vector256.Create(delimiter));
        lineEnds = Bits(low, high, ends);
        return Bits(low, high, separator) | lineEnds;
    }

    private static ulong Bits(Vector256<byte> low, Vector256<byte> high, Vector256<byte> sought) =>
        Vector256.Equals(low, sought).ExtractMostSignificantBits()
        | ((ulong)Vector256.Equals(high, sought).ExtractMostSignificantBits() << 32);
}

/// <summary>16 bytes at once.</summary>
internal readonly struct SeparatorMask128 : ISeparatorMask
{
    public static bool IsSupported => Vector128.IsHardwareAccelerated;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Find(ref readonly byte text, byte delimiter, out ulong lineEnds)
    {
        var (ends, separator) = (Vector128.Create((byte)'\n'), Vector128.Create(delimiter));
        ulong separators = lineEnds = 0;
        for (var offset = 0; offset < 64; offset += 16)
        {
            var bytes = Vector128.LoadUnsafe(in text, (nuint)offset);
            lineEnds |= (ulong)Vector128.Equals(bytes, ends).ExtractMostSignificantBits() << offset;
            separators |= (ulong)Vector128.Equals(bytes, separator).ExtractMostSignificantBits() << offset;
        }

        return separators | lineEnds;
    }
}

/// <summary>One byte at a time, for processors without vectors.</summary>
internal readonly struct SeparatorMaskScalar : ISeparatorMask
{
    public static bool IsSupported => true;

    public static ulong Find(ref readonly byte text, byte delimiter, out ulong lineEnds)
    {
        ulong separators = lineEnds = 0;
        for (var offset = 0; offset < 64; offset++)
        {
            var value = Unsafe.Add(ref Unsafe.AsRef(in text), offset);
            if (value == '\n')
                lineEnds |= 1UL << offset;
            else if (value == delimiter)
                separators |= 1UL << offset;
        }

        return separators | lineEnds;
    }
}
