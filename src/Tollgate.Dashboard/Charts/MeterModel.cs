using System.Globalization;

namespace Tollgate.Dashboard.Charts;

/// <summary>The part of a limit that is used, as a bar.</summary>
/// <param name="Used">The used part, from 0; above 1 if more was used than allowed.</param>
/// <param name="Reserved">The part that is held for calls in flight.</param>
/// <param name="Label">The same as a sentence.</param>
public sealed record MeterModel(decimal Used, decimal Reserved, string Label)
{
    /// <summary>The class of its color: equality is allowed, so only more than the whole is bad.</summary>
    public string Tone => Used > 1 ? "bad" : Used >= 0.8m ? "warn" : "good";

    /// <summary>The width of the used part, from 0 to 100.</summary>
    public string UsedWidth => Format(Math.Clamp(Used, 0, 1) * 100);

    /// <summary>The width of the reserved part.</summary>
    public string ReservedWidth => Format(Math.Clamp(Used + Reserved, 0, 1) * 100 - Math.Clamp(Used, 0, 1) * 100);

    private static string Format(decimal width) => Math.Round(width, 2).ToString(CultureInfo.InvariantCulture);
}
