using System.IO.Compression;

namespace Tollgate.Gateway.Forwarding;

/// <summary>Undoes a content encoding, for the meter's eyes.</summary>
internal static class AnswerDecoder
{
    /// <summary>Whether answers in this encoding can be metered.</summary>
    public static bool CanRead(string encoding) => encoding is "gzip" or "br" or "deflate" or "identity" or "x-gzip";

    /// <summary>A stream of decoded bytes; <paramref name="encoded"/> itself where there is nothing to decode.</summary>
    public static Stream Open(Stream encoded, string? encoding) => encoding switch
    {
        null or "identity" => encoded,
        "gzip" or "x-gzip" => new GZipStream(encoded, CompressionMode.Decompress, leaveOpen: true),
        "br" => new BrotliStream(encoded, CompressionMode.Decompress, leaveOpen: true),
        "deflate" => new ZLibStream(encoded, CompressionMode.Decompress, leaveOpen: true),
        _ => throw new NotSupportedException($"The content encoding '{encoding}' cannot be read."),
    };
}
