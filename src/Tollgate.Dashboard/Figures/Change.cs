using System.Globalization;

namespace Tollgate.Dashboard.Figures;

/// <summary>The change of a figure since an earlier range.</summary>
/// <param name="Text">The change as text, such as <c>+12%</c>.</param>
/// <param name="Tone">Its meaning: <c>good</c>, <c>bad</c>, or <c>neutral</c>.</param>
public readonly record struct Change(string Text, string Tone)
{
    /// <summary>Describes a change.</summary>
    /// <param name="now">The value now.</param>
    /// <param name="earlier">The value of the earlier range.</param>
    /// <param name="isGoodWhenUp">True or false if more is better or worse; null if neither.</param>
    public static Change Create(decimal? now, decimal? earlier, bool? isGoodWhenUp = null)
    {
        if (now is not { } current || earlier is not { } before)
            return new Change("–", "neutral");
        if (before == 0)
            return current == 0 ? new Change("–", "neutral") : new Change("new", GetTone(1));
        var percent = (current - before) / Math.Abs(before) * 100;
        var text = Math.Abs(percent) switch
        {
            < 0.05m => "±0%",
            >= 1000 => (percent > 0 ? "+" : "−") + "×" + Format(current / before, "0"),
            < 10 => (percent > 0 ? "+" : "−") + Format(Math.Abs(percent), "0.0") + "%",
            _ => (percent > 0 ? "+" : "−") + Format(Math.Abs(percent), "0") + "%",
        };
        return new Change(text, Math.Abs(percent) < 0.05m ? "neutral" : GetTone(percent));

        string GetTone(decimal direction) =>
            isGoodWhenUp is not { } isGood ? "neutral" : direction > 0 == isGood ? "good" : "bad";
    }

    private static string Format(decimal value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
