using System.Globalization;
using System.Text;

namespace Tollgate.Delivery.Pdf;

/// <summary>One page of A4. Places are in points (1/72 inch) from the upper left corner.</summary>
internal sealed class PdfPage
{
    public const double Width = 595;
    public const double Height = 842;

    private readonly StringBuilder _contents = new();

    /// <summary>The drawing, as the operators of a PDF content stream.</summary>
    public byte[] Contents => Encoding.ASCII.GetBytes(_contents.ToString());

    /// <summary>A filled rectangle without a border.</summary>
    public void Fill(PdfColor color, double x, double y, double width, double height) =>
        Add($"{color.Text} rg {x:0.##} {Height - y - height:0.##} {width:0.##} {height:0.##} re f\n");

    /// <summary>A straight line.</summary>
    public void Line(PdfColor color, double thickness, (double X, double Y) from, (double X, double Y) to)
    {
        Add($"{color.Text} RG {thickness:0.##} w {from.X:0.##} {Height - from.Y:0.##} m");
        Add($" {to.X:0.##} {Height - to.Y:0.##} l S\n");
    }

    /// <summary>One line of text, whose upper edge is at <paramref name="y"/>.</summary>
    public void Text(string text, PdfStyle style, double x, double y)
    {
        var baseLine = Height - y - (style.Font.Face.Ascent * style.Size / 1000);
        Add($"BT {style.Color.Text} rg /{style.Font.Resource} {style.Size:0.##} Tf {x:0.##} {baseLine:0.##} Td");
        Add($" <{style.Font.Encode(text)}> Tj ET\n");
    }

    private void Add(FormattableString operators) => _contents.Append(operators.ToString(CultureInfo.InvariantCulture));
}

/// <summary>How text is written.</summary>
internal readonly record struct PdfStyle(PdfFont Font, double Size, PdfColor Color)
{
    /// <summary>From the highest to the lowest point of a line.</summary>
    public double LineHeight => (Font.Face.Ascent - Font.Face.Descent) * Size / 1000;

    public double MeasureWidth(ReadOnlySpan<char> text) => Font.Face.MeasureWidth(text, Size);
}

/// <summary>A color of a screen, each part from 0 to 255.</summary>
internal readonly record struct PdfColor(byte Red, byte Green, byte Blue)
{
    /// <summary>As the operators take it: parts from 0 to 1.</summary>
    public string Text =>
        string.Create(CultureInfo.InvariantCulture, $"{Red / 255.0:0.###} {Green / 255.0:0.###} {Blue / 255.0:0.###}");
}
