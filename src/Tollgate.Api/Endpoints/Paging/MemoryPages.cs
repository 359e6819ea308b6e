using System.Buffers.Text;
using System.Text;
using Tollgate.Api.Parameters;
using Tollgate.Api.Problems;
using Tollgate.Api.Requests;
using Tollgate.Api.Responses;
using Tollgate.Api.Responses.Formats;

namespace Tollgate.Api.Endpoints.Paging;

/// <summary>Pages of lists that are in memory: the entries of the registry and what belongs to them.</summary>
internal static class MemoryPages
{
    /// <summary>The number of items on a page.</summary>
    public static readonly IntegerParameter Limit = new(
        "limit",
        1,
        500,
        defaultValue: 100,
        "The maximum number of items on a page."
    );

    /// <summary>The position after which a page begins.</summary>
    public static readonly TextParameter After = new(
        "after",
        "Continues after a page: the value of page.next of that page."
    );

    /// <summary>A text that must occur in an item.</summary>
    public static readonly TextParameter Search = new("q", "Only items that contain this text, regardless of case.");

    /// <summary>The parameters of all such lists.</summary>
    public static IReadOnlyList<ApiParameter> Parameters => [Limit, After, Search];

    /// <summary>Returns the requested page; everything after its start for an export.</summary>
    /// <param name="request">The request, with the parameters above.</param>
    /// <param name="items">All items, in any order.</param>
    /// <param name="position">Returns the unique text by which the items are ordered.</param>
    /// <param name="texts">Returns the texts in which a search looks.</param>
    /// <exception cref="ProblemException">The position was not returned by this list.</exception>
    public static ListPage<T> Create<T>(
        ApiRequest request,
        IEnumerable<T> items,
        Func<T, string> position,
        Func<T, IEnumerable<string?>> texts
    )
    {
        var (limit, search) = (request.Get(Limit), request.Get(Search));
        var after = request.Get(After) is { } cursor ? Decode(cursor) : null;
        var page = items
            .Where(item => search is null || texts(item).Any(text => Contains(text, search)))
            .Select(item => (Item: item, Position: position(item)))
            .Where(entry => after is null || string.CompareOrdinal(entry.Position, after) > 0)
            .OrderBy(static entry => entry.Position, StringComparer.Ordinal)
            .Take(request.Format == ListFormat.Json ? limit + 1 : int.MaxValue)
            .ToList();
        if (request.Format != ListFormat.Json)
            return new ListPage<T>([.. page.Select(static entry => entry.Item)]);
        var hasMore = page.Count > limit;
        return new ListPage<T>(
            [.. page.Take(limit).Select(static entry => entry.Item)],
            hasMore ? Encode(page[limit - 1].Position) : null
        );
    }

    private static bool Contains(string? text, string search) =>
        text?.Contains(search, StringComparison.OrdinalIgnoreCase) == true;

    private static string Encode(string position) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(position));

    private static string Decode(string cursor)
    {
        if (Base64Url.IsValid(cursor))
            return Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor));
        throw ProblemException.Invalid(
            new ProblemError
            {
                Parameter = After.Name,
                Code = "invalid_value",
                Message = "after must be the page.next of an earlier page of this list. Start again without it.",
            }
        );
    }
}
