using System.Globalization;
using System.Text;
using System.Xml;

namespace Tollgate.Charts;

/// <summary>
/// A self-contained SVG picture: it includes its colors, for light and dark themes, and loads nothing.
/// Lengths are in pixels.
/// </summary>
internal sealed class SvgDrawing : IDisposable
{
    private const string Namespace = "http://www.w3.org/2000/svg";

    private const string Style = """
        text { font: 12px system-ui, sans-serif; fill: #3b4252; }
        .title { font-size: 14px; font-weight: 600; fill: #1f2430; }
        .axis { stroke: #9aa3b2; } .grid { stroke: #e3e6ec; } .area { fill: #2f6fde; fill-opacity: .25; }
        .line { fill: none; stroke: #2f6fde; }
        .bar { fill: #2f6fde; } .mark { fill: #d1495b; stroke: #d1495b; } .marked { fill: #b3283c; font-weight: 600; }
        .surface { fill: #ffffff; }
        .band { fill: #d1495b; fill-opacity: .2; } .ahead { fill: none; stroke: #d1495b; }
        @media (prefers-color-scheme: dark) { text { fill: #c7cdd9; } .title { fill: #f0f2f6; }
        .axis { stroke: #6b7486; } .grid { stroke: #333a47; }
        .area, .bar { fill: #6d9df2; } .line { stroke: #6d9df2; } .mark { fill: #f07f8e; stroke: #f07f8e; }
        .marked { fill: #f59aa6; } .surface { fill: #1c2029; }
        .band { fill: #f07f8e; } .ahead { stroke: #f07f8e; } }
        """;

    private readonly StringBuilder _text = new();
    private readonly XmlWriter _xml;
    private int _open;

    /// <param name="width">Its width.</param>
    /// <param name="height">Its height.</param>
    /// <param name="title">Its description, for screen readers.</param>
    public SvgDrawing(double width, double height, string title)
    {
        _xml = XmlWriter.Create(_text, new XmlWriterSettings { OmitXmlDeclaration = true, CheckCharacters = true });
        _xml.WriteStartElement("svg", Namespace);
        _xml.WriteAttributeString("viewBox", $"0 0 {Number(width)} {Number(height)}");
        _xml.WriteAttributeString("width", Number(width));
        _xml.WriteAttributeString("height", Number(height));
        // Fits the whole picture into a narrower window.
        _xml.WriteAttributeString("style", "max-width: 100%; height: auto");
        _xml.WriteAttributeString("role", "img");
        _xml.WriteElementString("title", Namespace, title);
        _xml.WriteElementString("style", Namespace, Style);
        Box("surface", 0, 0, width, height);
    }

    /// <summary>Creates a complete picture.</summary>
    public static string Create(double width, double height, string title, Action<SvgDrawing> draw)
    {
        using var drawing = new SvgDrawing(width, height, title);
        draw(drawing);
        return drawing.Finish();
    }

    public void Line(string style, double x1, double y1, double x2, double y2) =>
        Element(
            "line",
            ("class", style),
            ("x1", Number(x1)),
            ("y1", Number(y1)),
            ("x2", Number(x2)),
            ("y2", Number(y2))
        );

    public void Box(string style, double x, double y, double width, double height) =>
        Element(
            "rect",
            ("class", style),
            ("x", Number(x)),
            ("y", Number(y)),
            ("width", Number(width)),
            ("height", Number(height))
        );

    public void Dot(string style, double x, double y, double radius) =>
        Element("circle", ("class", style), ("cx", Number(x)), ("cy", Number(y)), ("r", Number(radius)));

    /// <param name="style">A class.</param>
    /// <param name="path">Commands, made with <see cref="Number"/>.</param>
    public void Path(string style, string path) => Element("path", ("class", style), ("d", path));

    /// <param name="text">The text.</param>
    /// <param name="x">Where it is anchored.</param>
    /// <param name="y">Its base line.</param>
    /// <param name="anchor">start, middle or end.</param>
    /// <param name="style">A class, or none.</param>
    public void Text(string text, double x, double y, string anchor = "start", string? style = null)
    {
        _xml.WriteStartElement("text", Namespace);
        if (style is not null)
            _xml.WriteAttributeString("class", style);
        _xml.WriteAttributeString("x", Number(x));
        _xml.WriteAttributeString("y", Number(y));
        if (anchor != "start")
            _xml.WriteAttributeString("text-anchor", anchor);
        _xml.WriteString(StripControlCharacters(text));
        _xml.WriteEndElement();
    }

    public static string Number(double value) => Math.Round(value, 2).ToString(CultureInfo.InvariantCulture);

    public void Dispose() => _xml.Dispose();

    /// <summary>Shifts everything drawn from now on down.</summary>
    public void Shift(double down)
    {
        _xml.WriteStartElement("g", Namespace);
        _xml.WriteAttributeString("transform", $"translate(0 {Number(down)})");
        _open++;
    }

    private string Finish()
    {
        for (; _open > 0; _open--)
            _xml.WriteEndElement();
        _xml.WriteEndElement();
        _xml.Flush();
        return _text.ToString();
    }

    private void Element(string name, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        _xml.WriteStartElement(name, Namespace);
        foreach (var (attribute, value) in attributes)
            _xml.WriteAttributeString(attribute, value);
        _xml.WriteEndElement();
    }

    /// <summary>XML cannot represent most control characters.</summary>
    private static string StripControlCharacters(string text) =>
        string.Concat(
            text.Select(static letter => char.IsControl(letter) || char.IsSurrogate(letter) ? '\uFFFD' : letter)
        );
}
