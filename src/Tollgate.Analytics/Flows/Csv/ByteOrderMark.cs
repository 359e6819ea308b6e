namespace Tollgate.Analytics.Flows.Csv;

/// <summary>The marks at the start of a file that indicate its encoding.</summary>
internal static class ByteOrderMark
{
    /// <summary>The maximum length of a mark in bytes.</summary>
    public const int Length = 3;

    /// <summary>Removes the UTF-8 mark from a file's first bytes, and returns the number of bytes removed.</summary>
    /// <exception cref="FlowFileException">The text is UTF-16.</exception>
    public static int Remove(Span<byte> first, string source)
    {
        if (first.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || first.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            throw new FlowFileException(
                $"'{source}' is UTF-16. Convert it first: iconv -f UTF-16 -t UTF-8 '{source}'."
            );
        return first.SequenceEqual((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? Length : 0;
    }
}
