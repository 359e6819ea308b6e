using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tollgate.Analytics.Flows.Csv;

/// <summary>
/// The ends of the fields and records in a text without quotes. Filled block by block; it allocates only when it grows.
/// </summary>
internal sealed class FieldIndex
{
    private uint[] _separators = new uint[64 << 10];
    private int[] _recordEnds = new int[8 << 10];

    /// <summary>The positions of all delimiters and line ends.</summary>
    public uint[] Separators => _separators;

    /// <summary>For each record, the index of its line end in <see cref="Separators"/>.</summary>
    public ReadOnlySpan<int> RecordEnds => _recordEnds.AsSpan(0, Records);

    /// <summary>The number of records.</summary>
    public int Records { get; private set; }

    /// <summary>Finds all separators.</summary>
    /// <param name="block">Its bytes are readable for <see cref="RecordBlock.Padding"/> bytes after the end.</param>
    /// <param name="delimiter">The field separator.</param>
    public void Fill(RecordBlock block, byte delimiter)
    {
        if (SeparatorMask512.IsSupported)
            Fill<SeparatorMask512>(block.Bytes, block.Start, block.End, delimiter);
        else if (SeparatorMask256.IsSupported)
            Fill<SeparatorMask256>(block.Bytes, block.Start, block.End, delimiter);
        else if (SeparatorMask128.IsSupported)
            Fill<SeparatorMask128>(block.Bytes, block.Start, block.End, delimiter);
        else
            Fill<SeparatorMaskScalar>(block.Bytes, block.Start, block.End, delimiter);
    }

    // Fully optimized from the start: this loop would have done most of its work before tiered compilation replaced it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Fill<TMask>(byte[] text, int start, int end, byte delimiter)
        where TMask : struct, ISeparatorMask
    {
        var (fields, records) = (0, 0);
        ref var bytes = ref MemoryMarshal.GetArrayDataReference(text);
        for (var at = start; at < end; at += 64)
        {
            var separators = TMask.Find(ref Unsafe.Add(ref bytes, at), delimiter, out var lineEnds);
            if (end - at < 64)
                (separators, lineEnds) = (separators & ((1UL << (end - at)) - 1), lineEnds & ((1UL << (end - at)) - 1));
            if (fields + 64 > _separators.Length)
                Array.Resize(ref _separators, _separators.Length * 2);
            if (records + 64 > _recordEnds.Length)
                Array.Resize(ref _recordEnds, _recordEnds.Length * 2);

            for (; lineEnds != 0; lineEnds &= lineEnds - 1)
            {
                var before = separators & ((lineEnds & (0 - lineEnds)) - 1);
                _recordEnds[records++] = fields + BitOperations.PopCount(before);
            }

            // Eight at a time without checking: excess writes are overwritten.
            var found = BitOperations.PopCount(separators);
            ref var place = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_separators), fields);
            for (var written = 0; written < found; written += 8)
            {
                for (var index = 0; index < 8; index++)
                {
                    Unsafe.Add(ref place, written + index) = (uint)(at + BitOperations.TrailingZeroCount(separators));
                    separators &= separators - 1;
                }
            }

            fields += found;
        }

        Records = records;
    }
}
