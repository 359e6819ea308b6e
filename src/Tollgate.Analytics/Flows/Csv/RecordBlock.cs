namespace Tollgate.Analytics.Flows.Csv;

/// <summary>A block of a file that contains whole records. Each reading thread has one, which it reuses.</summary>
internal sealed class RecordBlock(BlockSizes sizes)
{
    /// <summary>Readable bytes after the end, so that vectors may read past the text.</summary>
    public const int Padding = 64;

    /// <summary>The text; one more byte for a line end that the file lacks.</summary>
    public byte[] Bytes { get; } = GC.AllocateUninitializedArray<byte>(sizes.Capacity + 1 + Padding);

    /// <summary>The start of the records: after the header in a file's first block.</summary>
    public int Start { get; set; }

    /// <summary>
    /// The end of the records. The last byte is a line end, unless the block is <see cref="Error">flawed</see>.
    /// </summary>
    public int End { get; set; }

    /// <summary>True if there may be quotes.</summary>
    public bool HasQuotes { get; set; }

    /// <summary>Set if the block is one row that cannot be read as records.</summary>
    public RejectReason? Error { get; set; }

    /// <summary>Its index among all blocks of all files, from 0.</summary>
    public int Number { get; set; }

    /// <summary>The columns of its file.</summary>
    public FlowLayout Layout { get; set; } = null!;

    /// <summary>The records.</summary>
    public ReadOnlySpan<byte> Records => Bytes.AsSpan(Start, End - Start);

    /// <summary>
    /// A record as it is shown in reports, which also decides whether it is empty: without its line end.
    /// </summary>
    public static ReadOnlySpan<byte> WithoutLineEnd(ReadOnlySpan<byte> record)
    {
        if (record is [.., (byte)'\n'])
            record = record[..^1];
        return record is [.., (byte)'\r'] ? record[..^1] : record;
    }
}
