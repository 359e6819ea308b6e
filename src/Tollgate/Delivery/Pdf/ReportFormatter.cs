using System.Globalization;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;
using Tollgate.Operations.Usage.Figures;

namespace Tollgate.Delivery.Pdf;

/// <summary>How figures and names are written in a report.</summary>
internal static class ReportFormatter
{
    /// <summary>From ten thousand millions on in millions: a number is never cut, so it has to fit.</summary>
    public static string Count(long number) =>
        Math.Abs(number) < 10_000_000_000
            ? number.ToString("N0", CultureInfo.InvariantCulture)
            : decimal.Round(number / 1_000_000m).ToString("N0", CultureInfo.InvariantCulture) + " M";

    /// <summary>
    /// To a hundredth of a cent, from a million on to a cent: so that columns are aligned. The exact sum stands at the
    /// top.
    /// </summary>
    public static string Usd(Money money) =>
        money.Usd switch
        {
            > 0 and < 0.00005m => "<0.0001",
            >= 1_000_000 or <= -1_000_000 => money.Usd.ToString("N2", CultureInfo.InvariantCulture),
            var usd => usd.ToString("N4", CultureInfo.InvariantCulture),
        };

    /// <summary>Unknown where no call has a price: that is not 0.</summary>
    public static string Cost(UsageTotals totals) =>
        UsageMeasure.Cost.GetValue(totals) is null ? "unpriced" : Usd(totals.Cost);

    public static string Share(Money part, Money whole) =>
        whole.Usd > 0 && part.Usd != 0 ? (part.Usd / whole.Usd).ToString("0.0 %", CultureInfo.InvariantCulture) : "";

    public static string Period(UsagePeriod period) =>
        (period.From, period.To) switch
        {
            (null, null) => "All time",
            ({ } from, null) => $"From {FormatTime(from, isEnd: false)} on",
            (null, { } to) => $"Until {FormatTime(to, isEnd: true)}",
            ({ } from, { } to) => $"{FormatTime(from, isEnd: false)} to {FormatTime(to, isEnd: true)}",
        };

    public static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Cut in the middle where it is too long: beginning and end both tell names apart.</summary>
    public static string TruncateToWidth(PdfStyle style, string text, double width)
    {
        text = Printable(style, text);
        if (style.MeasureWidth(text) <= width)
            return text;
        var (low, high) = (0, text.Length);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (style.MeasureWidth(Cut(text, middle)) <= width)
                low = middle;
            else
                high = middle - 1;
        }

        return Cut(text, low);
    }

    private static string Cut(string text, int keep) =>
        string.Concat(text.AsSpan(0, (keep + 1) / 2), "…", text.AsSpan(text.Length - (keep / 2)));

    /// <summary>Names come from callers: what the font has not, such as Chinese, is shown as a mark.</summary>
    private static string Printable(PdfStyle style, string text) =>
        string.Concat(
            text.EnumerateRunes()
                .Select(rune =>
                    rune.IsBmp && style.Font.Face.Glyphs.ContainsKey((char)rune.Value) ? (char)rune.Value : '\uFFFD'
                )
        );

    private static string FormatTime(DateTimeOffset at, bool isEnd)
    {
        if (at.UtcDateTime.TimeOfDay == TimeSpan.Zero)
            return Day(isEnd ? at.AddDays(-1) : at);
        return at.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + " UTC";
    }
}
