using System.Text.RegularExpressions;

namespace Tollgate.Cli.Parsing;

/// <summary>Rephrases the parser's error for a wrong value in the user's terms instead of .NET types.</summary>
internal static partial class ParseErrorFormatter
{
    /// <param name="message">The parser's message.</param>
    /// <param name="of">The option or argument concerned; null if the message already names it.</param>
    public static string Format(string message, string? of = null)
    {
        var text = Spaces().Replace(message, " ").TrimEnd('.');
        if (WrongType().Match(text) is { Success: true } wrong)
            return $"{wrong.Groups["name"].Value} must be {Expected(wrong.Groups["type"].Value)}, not "
                + $"'{wrong.Groups["value"].Value}'";
        return NotAmong().Match(text) is { Success: true } unknown
            ? $"{(of is null ? "" : of + " ")}'{unknown.Groups["value"].Value}' is not one of "
                + $"{unknown.Groups["list"].Value.Replace("' '", ", ", StringComparison.Ordinal).Trim('\'')}"
            : text;
    }

    private static string Expected(string type)
    {
        if (type.Contains("UInt64", StringComparison.Ordinal))
            return "a whole number from 0 to 18446744073709551615";
        if (type.Contains("Int64", StringComparison.Ordinal))
            return "a whole number up to 9223372036854775807";
        if (type.Contains("Int32", StringComparison.Ordinal))
            return "a whole number up to 2147483647";
        if (type.Contains("Decimal", StringComparison.Ordinal) || type.Contains("Double", StringComparison.Ordinal))
            return "a number such as 0.25";
        if (type.Contains("Guid", StringComparison.Ordinal))
            return "a UUID";
        return type.Contains("Boolean", StringComparison.Ordinal) ? "true or false" : "another kind of value";
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(
        "^Cannot parse argument '(?<value>.*)' for (option|command|argument) '(?<name>.*)' as expected type "
            + "'(?<type>.*)'$"
    )]
    private static partial Regex WrongType();

    [GeneratedRegex("^Argument '(?<value>.*)' not recognized. Must be one of: (?<list>.*)$")]
    private static partial Regex NotAmong();
}
