using Tollgate.Dashboard.Requests;
using Tollgate.Dashboard.State;

namespace Tollgate.Dashboard.Layout;

/// <summary>The surroundings of every page: navigation and the bar at the top.</summary>
/// <param name="Request">The request.</param>
/// <param name="Title">The title of the page.</param>
/// <param name="Path">The path of the page, below the program's own.</param>
public sealed record FrameModel(PageRequest Request, string Title, string Path)
{
    /// <summary>The cookie with the colors that the person has chosen.</summary>
    public const string ThemeCookie = "tollgate-theme";

    /// <summary>True if the page is about a range of time, which the bar at the top then chooses.</summary>
    public bool HasRange { get; init; }

    /// <summary>The ranges that the bar offers.</summary>
    public static IReadOnlyList<(string Name, string Title)> Ranges { get; } =
    [
        ("1h", "Last hour"),
        ("24h", "Last 24 hours"),
        ("7d", "Last 7 days"),
        ("30d", "Last 30 days"),
        ("90d", "Last 90 days"),
        ("today", "Today"),
        ("yesterday", "Yesterday"),
        ("this_week", "This week"),
        ("last_week", "Last week"),
        ("this_month", "This month"),
        ("last_month", "Last month"),
        ("this_year", "This year"),
    ];

    /// <summary>The state of the page.</summary>
    public PageState State => Request.State;

    /// <summary>The colors: <c>light</c>, <c>dark</c>, or <c>auto</c> for those of the system.</summary>
    public string Theme => ReadTheme(Request.Http.Request.Cookies[ThemeCookie]);

    /// <summary>Returns the choice of colors that a text names; <c>auto</c> if it names none.</summary>
    public static string ReadTheme(string? text) => text is "light" or "dark" ? text : "auto";

    /// <summary>The title of the range, such as <c>Last 7 days</c>.</summary>
    public string RangeTitle
    {
        get
        {
            var range = State.Range;
            foreach (var (name, title) in Ranges)
                if (name == range.Name)
                    return title;
            return range.Name is { } other ? $"Last {other}" : TimeText.Range(range);
        }
    }
}
