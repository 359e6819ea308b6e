using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Tollgate.Api.Problems;

namespace Tollgate.Api.Responses.Formats;

/// <summary>Chooses the format of a list by the header <c>Accept</c> of the request.</summary>
internal static class ListFormats
{
    /// <summary>The media type of JSON Lines.</summary>
    public const string JsonLinesType = "application/jsonl";

    /// <summary>The media type of CSV.</summary>
    public const string CsvType = "text/csv";

    private static readonly (string Type, ListFormat Format)[] Types =
    [
        ("application/json", ListFormat.Json),
        (CsvType, ListFormat.Csv),
        (JsonLinesType, ListFormat.JsonLines),
        ("application/x-ndjson", ListFormat.JsonLines),
        ("application/x-jsonlines", ListFormat.JsonLines),
    ];

    /// <summary>Returns the preferred format; JSON if the sender has no preference.</summary>
    /// <exception cref="ProblemException">The sender accepts none of the formats.</exception>
    public static ListFormat Choose(HttpRequest request)
    {
        var header = request.Headers.Accept;
        if (header.Count == 0 || !MediaTypeHeaderValue.TryParseList(header, out var accepted))
            return ListFormat.Json;
        foreach (var type in accepted.OrderByDescending(static type => type.Quality ?? 1))
        {
            if (type.Quality == 0)
                continue;
            foreach (var (name, format) in Types)
            {
                // Wildcards match JSON, which is first.
                if (MediaTypeHeaderValue.Parse(name).IsSubsetOf(WithoutParameters(type)))
                    return format;
            }
        }

        throw new ProblemException(
            ProblemCode.NotAcceptable,
            $"This list is available as {string.Join(", ", Types.Select(static type => type.Type))}, not as '{header}'."
        );
    }

    private static MediaTypeHeaderValue WithoutParameters(MediaTypeHeaderValue type) => new(type.MediaType);
}
