using System.Net;
using Tollgate.Gateway.Requests;

namespace Tollgate.Gateway.Forwarding;

/// <summary>
/// A request's bytes with a few <see cref="BodyEdit"/>s applied, written straight from their pooled segments.
/// Everything outside the splices is sent byte for byte.
/// </summary>
internal sealed class EditedContent(BufferedRequest body, IReadOnlyList<BodyEdit> splices) : HttpContent
{
    protected override async Task SerializeToStreamAsync(
        Stream stream,
        TransportContext? context,
        CancellationToken cancellationToken
    )
    {
        body.Hold();
        try
        {
            var bytes = body.Bytes;
            var position = 0L;
            foreach (var splice in splices)
            {
                await WriteAsync(stream, bytes.Slice(position, splice.Offset - position), cancellationToken);
                await stream.WriteAsync(splice.Inserted, cancellationToken);
                position = splice.Offset + splice.Removed;
            }

            await WriteAsync(stream, bytes.Slice(position), cancellationToken);
        }
        finally
        {
            body.Release();
        }
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override bool TryComputeLength(out long length)
    {
        length = body.Length;
        foreach (var splice in splices)
            length += splice.Inserted.Length - splice.Removed;
        return true;
    }

    private static async ValueTask WriteAsync(
        Stream stream,
        System.Buffers.ReadOnlySequence<byte> bytes,
        CancellationToken cancellationToken
    )
    {
        foreach (var memory in bytes)
            await stream.WriteAsync(memory, cancellationToken);
    }
}
