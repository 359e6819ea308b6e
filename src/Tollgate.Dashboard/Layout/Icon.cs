using Microsoft.AspNetCore.Html;

namespace Tollgate.Dashboard.Layout;

/// <summary>The icons: outlines on a grid of 16 by 16.</summary>
public static class Icon
{
    /// <summary>Returns an icon that only decorates.</summary>
    /// <param name="name">Its name.</param>
    public static HtmlString Draw(string name) =>
        new(
            $"""<svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">"""
                + $"""<path d="{GetPath(name)}"/></svg>"""
        );

    private static string GetPath(string name) =>
        name switch
        {
            "overview" => "M2 13.5h12M3.5 11V7M6.5 11V3M9.5 11V8M12.5 11V5",
            "explore" => "M2 12.5 6 8l3 2.5L14 4M14 4h-3.2M14 4v3.2",
            "calls" => "M2.5 4h11M2.5 8h11M2.5 12h7",
            "limits" => "M2.5 11.5a5.5 5.5 0 1 1 11 0M8 11.5l2.6-4",
            "keys" => "M9.8 8.6a3.2 3.2 0 1 0-2.4-2.4L2.5 11v2.5H5V12h1.5v-1.5H8zM10.8 5.2h.01",
            "models" => "M8 2 13.5 5v6L8 14 2.5 11V5zM2.5 5 8 8m0 0 5.5-3M8 8v6",
            "providers" => "M2.5 3h11v4h-11zM2.5 9h11v4h-11zM5 5h.01M5 11h.01",
            "audit" => "M4 2h6l3 3v9H4zM10 2v3h3M6.2 8.2h4.5M6.2 11h4.5",
            "settings" => "M3 4.5h4M10 4.5h3M3 11.5h3M9 11.5h4M7 3v3h3V3zM6 10v3h3v-3z",
            "me" => "M8 8a2.6 2.6 0 1 0 0-5.2A2.6 2.6 0 0 0 8 8zM3 13.6c.5-2.4 2.5-3.6 5-3.6s4.500 1.200 5 3.600",
            "left" => "M9.500 4 5.500 8l4 4",
            "right" => "M6.500 4l4 4-4 4",
            "search" => "M7 11.500a4.500 4.500 0 1 0 0-9 4.500 4.500 0 0 0 0 9zM10.300 10.300 13.500 13.500",
            "theme" => "M8 2.500a5.500 5.500 0 1 0 0 11zM8 2.500a5.500 5.500 0 0 1 0 11",
            "out" => "M6.500 2.500h-3v11h3M6.500 8h7M10.800 5.200 13.500 8l-2.700 2.800",
            "close" => "M4 4l8 8M12 4l-8 8",
            "alert" => "M8 2.500 14.500 13.500h-13zM8 6.500v3.200M8 11.600h.01",
            "refresh" => "M13 8a5 5 0 1 1-1.500-3.600M13 2.500v2.600h-2.600",
            _ => "",
        };
}
