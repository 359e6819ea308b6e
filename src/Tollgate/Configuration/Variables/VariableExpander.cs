using System.Text;

namespace Tollgate.Configuration.Variables;

/// <summary>A text with its variables expanded.</summary>
/// <param name="Text">The result; null if a variable is not set or the text is invalid.</param>
/// <param name="Names">The variables that it names, in order.</param>
/// <param name="Unset">Those among them that are not set and have no default.</param>
/// <param name="Error">The error in the text itself; null if there is none.</param>
internal sealed record ExpandedText(
    string? Text,
    IReadOnlyList<string> Names,
    IReadOnlyList<string> Unset,
    string? Error
)
{
    public override string ToString() => nameof(ExpandedText);
}

/// <summary>
/// Expands <c>${NAME}</c>, <c>${NAME:-default}</c> and <c>os.environ/NAME</c>; <c>$$</c> is a dollar sign.
/// </summary>
internal static class VariableExpander
{
    private const string LiteLlmPrefix = "os.environ/";

    public static ExpandedText Expand(string text, VariableSet variables)
    {
        if (text.StartsWith(LiteLlmPrefix, StringComparison.Ordinal))
            text = "${" + text[LiteLlmPrefix.Length..].Trim() + "}";
        if (!text.Contains('$'))
            return new(text, [], [], null);

        var result = new StringBuilder();
        var names = new List<string>();
        var unset = new List<string>();
        for (var i = 0; i < text.Length; i++)
        {
            var next = i + 1 < text.Length ? text[i + 1] : ' ';
            if (text[i] != '$' || next is not ('{' or '$'))
            {
                result.Append(text[i]);
            }
            else if (next == '$')
            {
                result.Append(text[++i]);
            }
            else
            {
                var end = text.IndexOf('}', i);
                if (end < 0)
                    return new(null, names, unset, "'${' is not closed with '}'. Write '$$' for a dollar sign.");
                if (!Append(text[(i + 2)..end]))
                    return new(null, names, unset, "'${…}' does not contain a name of letters, digits and '_'.");
                i = end;
            }
        }

        return new(unset.Count == 0 ? result.ToString() : null, names, unset, null);

        bool Append(string inner)
        {
            var colon = inner.IndexOf(":-", StringComparison.Ordinal);
            var name = colon < 0 ? inner : inner[..colon];
            if (name.Length == 0 || !name.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter == '_'))
                return false;
            names.Add(name);
            if ((variables.Find(name) ?? (colon < 0 ? null : inner[(colon + 2)..])) is { } value)
                result.Append(value);
            else
                unset.Add(name);
            return true;
        }
    }
}
