using System.Security.Cryptography;
using System.Text;

namespace Tollgate.Metering.Limits.Text;

/// <summary>Parses and formats scopes.</summary>
public static class LimitScopeText
{
    /// <summary>An identity must fit a name of the registry.</summary>
    private const int MaxLength = 200;

    /// <summary>Stands for each value.</summary>
    public const string Wildcard = "*";

    private static readonly (string Word, LimitDimension Dimension)[] Dimensions =
    [
        .. Enum.GetValues<LimitDimension>().Select(static dimension => (Format(dimension), dimension)),
        ("caller", LimitDimension.Application),
        ("app", LimitDimension.Application),
    ];

    /// <summary>The word for a dimension, such as <c>user</c>.</summary>
    public static string Format(LimitDimension dimension) => dimension.ToString().ToLowerInvariant();

    /// <summary>A term from a dimension's word and a value, where <c>*</c> means each.</summary>
    /// <exception cref="FormatException">The dimension does not exist, or the value is blank.</exception>
    public static ScopeTerm ParseTerm(string dimension, string value)
    {
        foreach (var (word, found) in Dimensions)
        {
            if (word != dimension.Trim().ToLowerInvariant())
                continue;
            if (string.IsNullOrWhiteSpace(value))
                throw new FormatException($"The scope's {dimension} is blank. Specify a value, or * for each.");
            return new ScopeTerm(found, value == Wildcard ? null : value);
        }

        var near = NameSuggestion.FindNearest(dimension, Dimensions.Select(static pair => pair.Word)) is { } name
            ? $" Did you mean '{name}'?"
            : "";
        throw new FormatException(
            $"A limit cannot be scoped by '{dimension}'. Valid dimensions: "
                + $"{string.Join(", ", Dimensions.Select(static pair => pair.Word))}.{near}"
        );
    }

    /// <summary>
    /// The terms in one word, such as <c>model=gpt-4o,user=*</c>; ambiguous characters in a value are escaped as in a
    /// URL.
    /// </summary>
    internal static string FormatScope(LimitScope scope) =>
        string.Join(
            ',',
            scope.Terms.Select(static term =>
                $"{Format(term.Dimension)}={(term.Value is { } value ? Escape(value) : Wildcard)}"
            )
        );

    /// <summary>Shortens a text to the maximum length of a name: a digest replaces the rest of a longer one.</summary>
    internal static string Shorten(string text)
    {
        if (text.Length <= MaxLength)
            return text;
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(text));
        return $"{text[..(MaxLength - 34)]}~{Convert.ToHexStringLower(digest.AsSpan(0, 16))}";
    }

    private static string Escape(string value)
    {
        var text = new StringBuilder(value.Length);
        foreach (var rune in value.EnumerateRunes())
        {
            if (Rune.IsControl(rune) || Rune.IsWhiteSpace(rune) || rune.Value is ',' or '=' or '%' or '*' or ':')
                text.Append(Uri.EscapeDataString(rune.ToString()));
            else
                text.Append(rune.ToString());
        }

        return text.ToString();
    }
}
