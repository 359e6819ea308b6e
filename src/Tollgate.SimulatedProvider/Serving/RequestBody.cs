using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace Tollgate.SimulatedProvider.Serving;

/// <summary>A request's bytes in one rented array, which <see cref="Dispose"/> returns.</summary>
internal readonly struct RequestBody : IDisposable
{
    private const int InitialSize = 4096;
    private readonly byte[] _bytes;
    private readonly int _length;

    private RequestBody(byte[] bytes, int length) => (_bytes, _length) = (bytes, length);

    public ReadOnlySpan<byte> Span => _bytes.AsSpan(0, _length);

    public static async ValueTask<RequestBody> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        // One byte more than announced, so that the end is detected without growing.
        var bytes = ArrayPool<byte>.Shared.Rent((int)(request.ContentLength + 1 ?? InitialSize));
        var length = 0;
        while (true)
        {
            var read = await request.Body.ReadAsync(bytes.AsMemory(length), cancellationToken);
            length += read;
            if (read == 0)
                return new RequestBody(bytes, length);
            if (length == bytes.Length)
                bytes = Grow(bytes);
        }
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_bytes);

    private static byte[] Grow(byte[] bytes)
    {
        var larger = ArrayPool<byte>.Shared.Rent(bytes.Length * 2);
        bytes.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(bytes);
        return larger;
    }
}
