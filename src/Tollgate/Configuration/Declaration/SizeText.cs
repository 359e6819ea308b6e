using System.Globalization;

namespace Tollgate.Configuration.Declaration;

/// <summary>Parses and formats sizes: <c>512MiB</c>, <c>1.5GiB</c>, <c>64KB</c>, <c>100B</c>.</summary>
internal static class SizeText
{
    private static readonly (string Unit, long Bytes)[] Units =
    [
        ("B", 1),
        ("KB", 1000),
        ("MB", 1_000_000),
        ("GB", 1_000_000_000),
        ("KiB", 1L << 10),
        ("MiB", 1L << 20),
        ("GiB", 1L << 30),
    ];

    public static bool TryRead(string text, string folder, out long value)
    {
        value = 0;
        text = text.Trim();
        var digits = text.AsSpan().IndexOfAnyExcept("0123456789.");
        if (digits is < 1 or > 12)
            return false;
        var unit = text[digits..].Trim();
        if (
            !decimal.TryParse(
                text.AsSpan(0, digits),
                NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out var number
            )
        )
            return false;
        foreach (var (name, bytes) in Units)
            if (name == unit)
                value = (long)Math.Min(number * bytes, long.MaxValue / 2);
        return value > 0;
    }

    /// <summary>Formats a size in the largest binary unit that gives a whole number.</summary>
    public static string Write(long bytes)
    {
        var (unit, size) = Units
            .Where(static candidate => candidate.Unit.Length != 2)
            .Last(candidate => bytes % candidate.Bytes == 0);
        return string.Create(CultureInfo.InvariantCulture, $"{bytes / size}{unit}");
    }
}
