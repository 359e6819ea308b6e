using System.IO.Compression;
using Tollgate.Gateway.Calls;

namespace Tollgate.Gateway.Forwarding;

/// <summary>Decodes a content encoding for the meter. An invalid encoding ends the body that it is in.</summary>
internal sealed class ResponseDecoder : ForwardOnlyStream
{
    private readonly Stream _decoder;
    private readonly UpstreamBody _body;

    private ResponseDecoder(Stream decoder, UpstreamBody body) => (_decoder, _body) = (decoder, body);

    /// <summary>True if responses in this encoding can be metered.</summary>
    public static bool Supports(string encoding) => encoding is "gzip" or "br" or "deflate" or "identity" or "x-gzip";

    /// <summary>A stream of decoded bytes; <paramref name="encoded"/> itself if there is nothing to decode.</summary>
    /// <param name="encoded">The bytes to decode.</param>
    /// <param name="encoding">Their content encoding.</param>
    /// <param name="body">The body that contains them, whose outcome reports that they could not be decoded.</param>
    public static Stream Open(Stream encoded, string? encoding, UpstreamBody body) =>
        encoding switch
        {
            null or "identity" => encoded,
            "gzip" or "x-gzip" => new ResponseDecoder(
                new GZipStream(encoded, CompressionMode.Decompress, leaveOpen: true),
                body
            ),
            "br" => new ResponseDecoder(new BrotliStream(encoded, CompressionMode.Decompress, leaveOpen: true), body),
            "deflate" => new ResponseDecoder(
                new ZLibStream(encoded, CompressionMode.Decompress, leaveOpen: true),
                body
            ),
            _ => throw new NotSupportedException($"The content encoding '{encoding}' cannot be read."),
        };

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await _decoder.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception exception) when (exception is InvalidDataException or InvalidOperationException or IOException)
        {
            // Each decoder throws its own exception type for bytes that are not in its encoding.
            _body.SetOutcome(ResponseOutcome.Undecodable);
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
