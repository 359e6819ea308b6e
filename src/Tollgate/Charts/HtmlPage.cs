using System.Net;
using System.Text;

namespace Tollgate.Charts;

/// <summary>A self-contained page: it loads nothing, runs no scripts, and can be printed.</summary>
internal sealed class HtmlPage(string title)
{
    private const string Style = """
        :root { color-scheme: light dark; --ink: #1f2430; --faint: #5b6475; --rule: #e3e6ec; }
        :root { --paper: #ffffff; --wash: #f6f7f9; }
        @media (prefers-color-scheme: dark) {
        :root { --ink: #eceff4; --faint: #a7afbe; --rule: #333a47; --paper: #1c2029; --wash: #242933; } }
        body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
        main { max-width: 61rem; margin: 0 auto; padding: 2rem 1rem 4rem; }
        h1 { font-size: 1.6rem; margin: 0 0 1rem; } h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
        .lead { font-size: 1.15rem; } .scroll { overflow-x: auto; }
        table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
        th, td { padding: .35rem .7rem; border-bottom: 1px solid var(--rule); text-align: right; white-space: nowrap; }
        th { color: var(--faint); font-weight: 600; }
        th:first-child, td:first-child { text-align: left; } tbody tr:nth-child(even) { background: var(--wash); }
        ul { padding-left: 1.2rem; color: var(--faint); } li { overflow-wrap: anywhere; } figure { margin: 1rem 0; }
        svg { width: 100%; min-width: 44rem; height: auto; }
        """;

    private readonly StringBuilder _body = new();

    public void AddLead(string text) => _body.Append("<p class=\"lead\">").Append(Encode(text)).Append("</p>\n");

    public void AddHeading(string text) => _body.Append("<h2>").Append(Encode(text)).Append("</h2>\n");

    /// <param name="svg">Made by <see cref="SvgDrawing"/>.</param>
    public void AddPicture(string svg) => _body.Append("<figure class=\"scroll\">").Append(svg).Append("</figure>\n");

    public void AddTable(IEnumerable<string> titles, IEnumerable<IEnumerable<string>> rows)
    {
        _body.Append("<div class=\"scroll\"><table><thead><tr>");
        foreach (var cell in titles)
            _body.Append("<th scope=\"col\">").Append(Encode(cell)).Append("</th>");
        _body.Append("</tr></thead><tbody>\n");
        foreach (var row in rows)
        {
            _body.Append("<tr>");
            foreach (var cell in row)
                _body.Append("<td>").Append(Encode(cell)).Append("</td>");
            _body.Append("</tr>\n");
        }

        _body.Append("</tbody></table></div>\n");
    }

    public void AddList(IEnumerable<string> lines)
    {
        _body.Append("<ul>\n");
        foreach (var line in lines)
            _body.Append("<li>").Append(Encode(line)).Append("</li>\n");
        _body.Append("</ul>\n");
    }

    public override string ToString() =>
        $"<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
        + $"content=\"width=device-width, initial-scale=1\">\n"
        + $"<title>{Encode(title)}</title>\n<style>\n{Style}\n</style>\n</head>\n"
        + $"<body>\n<main>\n<h1>{Encode(title)}</h1>\n{_body}</main>\n</body>\n</html>\n";

    /// <summary>Encodes text of any content.</summary>
    private static string Encode(string text) =>
        WebUtility.HtmlEncode(string.Concat(text.Select(static letter => char.IsControl(letter) ? '\uFFFD' : letter)));
}
