using System.Net;

namespace Tollgate.Dashboard.Tests;

/// <summary>A response to a browser.</summary>
/// <param name="Status">The status.</param>
/// <param name="Text">The body.</param>
/// <param name="Location">The address to load next; null if it is not a redirect.</param>
/// <param name="Headers">The headers.</param>
public sealed record LoadedPage(
    HttpStatusCode Status,
    string Text,
    string? Location,
    IReadOnlyDictionary<string, string> Headers
)
{
    internal static async Task<LoadedPage> ReadAsync(HttpResponseMessage response) =>
        new(
            response.StatusCode,
            await response.Content.ReadAsStringAsync(),
            response.Headers.Location?.OriginalString,
            response
                .Headers.Concat(response.Content.Headers)
                .ToDictionary(
                    static header => header.Key,
                    static header => string.Join(", ", header.Value),
                    StringComparer.OrdinalIgnoreCase
                )
        );
}
