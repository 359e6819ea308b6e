using System.Globalization;
using Tollgate.Api.Problems;

namespace Tollgate.Api.Compatibility.LiteLlm.Budgets;

/// <summary>
/// Durations as LiteLLM writes them: <c>30s</c>, <c>30m</c>, <c>30h</c>, <c>30d</c>, <c>1w</c>, <c>1mo</c>.
/// </summary>
internal static class DurationText
{
    private const int MaxCount = 100_000;
    private const int MaxMonths = 12_000;

    private static readonly (string Word, string Short)[] Units =
    [
        ("second", "s"),
        ("minute", "m"),
        ("hour", "h"),
        ("day", "d"),
        ("week", "w"),
        ("month", "mo"),
        ("year", "y"),
    ];

    /// <summary>
    /// Formats the window of a limit, such as <c>30 days</c>, as <c>30d</c>; null for one that never resets. A window
    /// that has no such form stays as it is.
    /// </summary>
    public static string? Format(string window)
    {
        if (window == "total")
            return null;
        var words = window.Split(' ');
        var (count, word) = words.Length == 1 ? ("1", words[0]) : (words[0], words[1].TrimEnd('s'));
        var unit = Array.Find(Units, unit => unit.Word == word).Short;
        return words.Length <= 2 && unit is not null && count.All(char.IsAsciiDigit) ? count + unit : window;
    }

    /// <summary>Returns the time after a duration.</summary>
    /// <param name="start">The start of the duration.</param>
    /// <param name="pointer">The place of the text in the body.</param>
    /// <param name="text">The duration.</param>
    /// <exception cref="ProblemException">The text is not a duration.</exception>
    public static DateTimeOffset AddTo(DateTimeOffset start, string pointer, string text)
    {
        var digits = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        if (
            digits > 0
            && int.TryParse(text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && count is > 0 and <= MaxCount
        )
        {
            var end = text[digits..] switch
            {
                "s" => start.AddSeconds(count),
                "m" => start.AddMinutes(count),
                "h" => start.AddHours(count),
                "d" => start.AddDays(count),
                "w" => start.AddDays(7 * count),
                "mo" when count <= MaxMonths => start.AddMonths(count),
                _ => (DateTimeOffset?)null,
            };
            if (end is { } time)
                return time;
        }

        throw ProblemException.Invalid(
            new ProblemError
            {
                Pointer = pointer,
                Code = "invalid_value",
                Message =
                    $"{pointer} must be a whole number up to {MaxCount} with s, m, h, d, or w, or up to {MaxMonths} "
                    + $"with mo, such as 30d, not '{(text.Length <= 60 ? text : text[..60] + "…")}'.",
            }
        );
    }
}
