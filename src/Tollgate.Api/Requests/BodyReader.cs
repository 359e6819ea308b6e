using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Tollgate.Api.Problems;

namespace Tollgate.Api.Requests;

/// <summary>Reads the bodies of requests to the API, which are small.</summary>
internal static class BodyReader
{
    /// <summary>The maximum size of a JSON body.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>Reads a JSON body.</summary>
    /// <exception cref="ProblemException">It is too large, or is not sent as JSON.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        RequireJson(request);
        return await ReadBytesAsync(request, cancellationToken);
    }

    /// <summary>Reads a small body of any type.</summary>
    /// <exception cref="ProblemException">It is too large.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadBytesAsync(
        HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        if (request.ContentLength > MaxBytes)
            throw CreateTooLarge();
        var buffer = new MemoryStream();
        var reader = request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            foreach (var segment in read.Buffer)
                buffer.Write(segment.Span);
            reader.AdvanceTo(read.Buffer.End);
            if (buffer.Length > MaxBytes)
                throw CreateTooLarge();
            if (read.IsCompleted)
                return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
        }
    }

    /// <summary>Forms of other sites cannot send JSON without asking first.</summary>
    private static void RequireJson(HttpRequest request)
    {
        var isJson =
            MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            && (
                type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
                || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase)
            );
        if (!isJson)
            throw new ProblemException(
                ProblemCode.UnsupportedMediaType,
                $"The body must be sent as application/json, not as '{request.ContentType}'."
            );
    }

    private static ProblemException CreateTooLarge() =>
        new(ProblemCode.TooLarge, $"The body is larger than {MaxBytes} bytes, the maximum of the API.");
}
