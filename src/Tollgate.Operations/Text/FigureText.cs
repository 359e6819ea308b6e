using System.Globalization;

namespace Tollgate.Operations.Text;

/// <summary>Formats figures in sentences and reports for people.</summary>
internal static class FigureText
{
    /// <summary>Two decimals; up to four below one dollar. Empty if unknown.</summary>
    public static string Amount(decimal? amount) =>
        amount is not { } known
            ? ""
            : known.ToString(known is > -1 and < 1 ? "0.00##" : "0.00", CultureInfo.InvariantCulture);

    /// <summary>A day such as <c>2026-11-01</c>. Empty if unknown.</summary>
    public static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}
