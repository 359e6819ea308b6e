namespace Tollgate.Delivery.Pdf;

/// <summary>The colors and fonts of a report.</summary>
internal static class ReportStyle
{
    public static readonly PdfColor Ink = new(0x1F, 0x29, 0x37);
    public static readonly PdfColor Faint = new(0x6B, 0x72, 0x80);
    public static readonly PdfColor Rule = new(0xD1, 0xD5, 0xDB);
    public static readonly PdfColor Shade = new(0xF3, 0xF4, 0xF6);
    public static readonly PdfColor Accent = new(0x1D, 0x4E, 0x89);

    public static PdfStyle Regular(double size, PdfColor color) => new(PdfFont.Regular, size, color);

    public static PdfStyle Bold(double size, PdfColor color) => new(PdfFont.Bold, size, color);
}
