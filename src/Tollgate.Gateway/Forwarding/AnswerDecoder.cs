using System.IO.Compression;
using Tollgate.Gateway.Calls;

namespace Tollgate.Gateway.Forwarding;

/// <summary>
/// Undoes a content encoding, for the meter's eyes. An encoding that is broken ends the body it came in.
/// </summary>
internal sealed class AnswerDecoder : ForwardOnlyStream
{
    private readonly Stream _decoder;
    private readonly UpstreamBody _body;

    private AnswerDecoder(Stream decoder, UpstreamBody body) => (_decoder, _body) = (decoder, body);

    /// <summary>Whether answers in this encoding can be metered.</summary>
    public static bool Knows(string encoding) => encoding is "gzip" or "br" or "deflate" or "identity" or "x-gzip";

    /// <summary>
    /// A stream of decoded bytes; <paramref name="encoded"/> itself where there is nothing to decode.
    /// </summary>
    /// <param name="encoded">The bytes to decode.</param>
    /// <param name="encoding">Their content encoding.</param>
    /// <param name="body">The body that they came in, whose end is to say that they could not be decoded.</param>
    public static Stream Open(Stream encoded, string? encoding, UpstreamBody body) =>
        encoding switch
        {
            null or "identity" => encoded,
            "gzip" or "x-gzip" => new AnswerDecoder(
                new GZipStream(encoded, CompressionMode.Decompress, leaveOpen: true),
                body
            ),
            "br" => new AnswerDecoder(new BrotliStream(encoded, CompressionMode.Decompress, leaveOpen: true), body),
            "deflate" => new AnswerDecoder(new ZLibStream(encoded, CompressionMode.Decompress, leaveOpen: true), body),
            _ => throw new NotSupportedException($"The content encoding '{encoding}' cannot be read."),
        };

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await _decoder.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception fault) when (fault is InvalidDataException or InvalidOperationException or IOException)
        {
            // Each of the decoders has an exception of its own for bytes that are not in its encoding.
            _body.EndAs(AnswerEnd.Undecodable);
            return 0;
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _decoder.Dispose();
        base.Dispose(disposing);
    }
}
