using System.Globalization;

namespace Tollgate.Charts;

/// <summary>A horizontal axis with round steps.</summary>
/// <param name="From">The number at its left end.</param>
/// <param name="To">The number at its right end.</param>
/// <param name="Step">From one line to the next.</param>
/// <param name="Left">Its left end, in pixels.</param>
/// <param name="Right">Its right end, in pixels.</param>
internal sealed record NumberAxis(double From, double To, double Step, double Left, double Right)
{
    private const int MaxNameLength = 26;

    /// <summary>Creates an axis with round ends that contains both numbers.</summary>
    public static NumberAxis Create(double low, double high, double left, double right)
    {
        var span = Math.Max(high - low, Math.Max(Math.Abs(high), Math.Abs(low)) * 1e-6);
        if (span <= 0)
            span = 1;
        var power = Math.Pow(10, Math.Floor(Math.Log10(span / 5)));
        var step =
            power
            * (span / 5 / power) switch
            {
                <= 1 => 1,
                <= 2 => 2,
                <= 2.5 => 2.5,
                <= 5 => 5,
                _ => 10,
            };
        var from = Math.Floor((low / step) + 1e-9) * step;
        return new NumberAxis(
            from,
            Math.Max(Math.Ceiling((high / step) - 1e-9) * step, from + step),
            step,
            left,
            right
        );
    }

    public double X(double value) => Left + ((Right - Left) * Math.Clamp((value - From) / (To - From), 0, 1));

    /// <summary>Draws its lines, with their numbers below.</summary>
    public void Draw(SvgDrawing drawing, double top, double bottom)
    {
        var decimals = Math.Clamp(
            (int)Math.Ceiling(-Math.Log10(Step) + 1e-9)
                + (Math.Abs((Step * 10 / Math.Pow(10, Math.Floor(Math.Log10(Step)))) - 25) < 1e-6 ? 1 : 0),
            0,
            12
        );
        for (var line = 0; line <= (int)Math.Round((To - From) / Step); line++)
        {
            var value = From + (line * Step);
            drawing.Line(Math.Abs(value) < Step * 1e-6 ? "axis" : "grid", X(value), top, X(value), bottom);
            drawing.Text(
                (Math.Abs(value) < Step * 1e-6 ? 0 : value).ToString(
                    "N" + decimals.ToString(CultureInfo.InvariantCulture),
                    CultureInfo.InvariantCulture
                ),
                X(value),
                bottom + 18,
                "middle"
            );
        }
    }

    /// <summary>Shortens a name to the available space.</summary>
    public static string Truncate(string name, int longest = MaxNameLength) =>
        name.Length <= longest ? name : name[..(longest - 1)] + "…";
}
