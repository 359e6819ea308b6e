using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Tollgate.Api.Problems;

namespace Tollgate.Api.Requests;

/// <summary>Copies large bodies to a file; nothing else of the API accepts more than a MiB.</summary>
internal static class UploadReader
{
    /// <summary>The maximum size of an uploaded file.</summary>
    public const long MaxBytes = 256L * 1024 * 1024;

    private const int BufferSize = 64 * 1024;

    /// <summary>Copies a body.</summary>
    /// <param name="request">The request.</param>
    /// <param name="mediaType">The media type that it must have.</param>
    /// <param name="file">The file.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="ProblemException">It is too large, empty, or has another type.</exception>
    public static async Task CopyAsync(
        HttpRequest request,
        string mediaType,
        Stream file,
        CancellationToken cancellationToken
    )
    {
        RequireType(request, mediaType);
        if (request.ContentLength > MaxBytes)
            throw CreateTooLarge();
        var buffer = new byte[BufferSize];
        var total = 0L;
        while (await request.Body.ReadAsync(buffer, cancellationToken) is > 0 and var count)
        {
            total += count;
            if (total > MaxBytes)
                throw CreateTooLarge();
            await file.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
        }

        if (total == 0)
            throw new ProblemException(ProblemCode.InvalidRequest, $"The body is empty. Send a file as {mediaType}.");
    }

    /// <summary>Requires a media type.</summary>
    /// <exception cref="ProblemException">The body has another one.</exception>
    public static void RequireType(HttpRequest request, string mediaType)
    {
        var isExpected =
            MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            && type.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase);
        if (!isExpected)
            throw new ProblemException(
                ProblemCode.UnsupportedMediaType,
                $"The body must be sent as {mediaType}, not as '{request.ContentType}'."
            );
    }

    private static ProblemException CreateTooLarge() =>
        new(
            ProblemCode.TooLarge,
            $"The file is larger than {MaxBytes / (1024 * 1024)} MiB, the maximum of this route. Split it, or analyze "
                + "it with 'tollgate flows'."
        );
}
