using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Tollgate.SimulatedProvider.Scripting;

namespace Tollgate.SimulatedProvider.Serving;

/// <summary>Sends a response's bytes to the client: compressed or trickling, if the script asks so.</summary>
internal sealed class ResponseSink
{
    private readonly HttpContext _context;
    private readonly CallScript _script;
    private readonly TimeProvider _timeProvider;
    private readonly Stream _body;

    public ResponseSink(HttpContext context, CallScript script, TimeProvider timeProvider)
    {
        (_context, _script, _timeProvider) = (context, script, timeProvider);
        if (script.Encoding is not null)
            context.Response.Headers.ContentEncoding = script.Encoding;
        _body = Compress(context.Response.Body, script.Encoding);
    }

    private CancellationToken Cancellation => _context.RequestAborted;

    /// <summary>Sends the bytes and waits until the transport has accepted them.</summary>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        if (_script.Trickle is { } pause)
        {
            await TrickleAsync(bytes, pause);
            return;
        }

        await _body.WriteAsync(bytes, Cancellation);
        await _body.FlushAsync(Cancellation);
    }

    /// <summary>Ends the response. Returns false if the client had already disconnected.</summary>
    public async ValueTask<bool> CompleteAsync()
    {
        if (_script.Encoding is not null)
            await _body.DisposeAsync();
        await _context.Response.CompleteAsync();
        return !Cancellation.IsCancellationRequested;
    }

    private static Stream Compress(Stream body, string? encoding) =>
        encoding switch
        {
            "gzip" => new GZipStream(body, CompressionLevel.Fastest, leaveOpen: true),
            "br" => new BrotliStream(body, CompressionLevel.Fastest, leaveOpen: true),
            "deflate" => new ZLibStream(body, CompressionLevel.Fastest, leaveOpen: true),
            _ => body,
        };

    private async ValueTask TrickleAsync(ReadOnlyMemory<byte> bytes, TimeSpan pause)
    {
        while (!bytes.IsEmpty)
        {
            var piece = bytes[..(int)Math.Min(_script.TrickleBytes, bytes.Length)];
            await _body.WriteAsync(piece, Cancellation);
            await _body.FlushAsync(Cancellation);
            bytes = bytes[piece.Length..];
            if (pause > TimeSpan.Zero)
                await Task.Delay(pause, _timeProvider, Cancellation);
        }
    }
}
