using System.Text;
using Tollgate.Operations.Problems;

namespace Tollgate.Configuration.Variables;

/// <summary>
/// Reads a <c>.env</c> file: one <c>NAME=value</c> per line, with quotes, comments and <c>export</c>. Never prints a
/// value.
/// </summary>
internal static class DotEnvFile
{
    public const string Name = ".env";

    /// <summary>Returns the file's variables; none if there is no file.</summary>
    public static VariableSource Read(string path, ProblemList problems)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        if (File.Exists(path) && ConfigurationTextFile.Read(path, problems) is { } text)
            Parse(path, text, values, problems);
        return new VariableSource(path, values);
    }

    private static void Parse(string path, string text, Dictionary<string, string> values, ProblemList problems)
    {
        var number = 0;
        foreach (var raw in text.Split('\n'))
        {
            number++;
            var line = raw.Trim();
            if (line.Length == 0 || line[0] == '#')
                continue;
            if (line.StartsWith("export ", StringComparison.Ordinal))
                line = line[7..].TrimStart();
            if (ParseLine(line, values) is { } error)
                problems.Error($"{path}:{number}", "", error);
        }
    }

    /// <summary>Adds one line, or returns what is wrong with it. The last line of a name wins, as in a shell.</summary>
    private static string? ParseLine(string line, Dictionary<string, string> values)
    {
        var equals = line.IndexOf('=');
        if (equals <= 0)
            return "This line is not NAME=value. Start comments with '#'.";
        var name = line[..equals].TrimEnd();
        if (!IsName(name))
            return "The text before '=' is not a name of letters, digits and '_'.";
        if (Value(line[(equals + 1)..].TrimStart()) is not { } value)
            return $"The value of {name} has a quote that is not closed, or text after the closing one.";
        values[name] = value;
        return null;
    }

    private static bool IsName(string name) =>
        !char.IsAsciiDigit(name[0]) && name.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter == '_');

    /// <summary>Returns the value without quotes and comment; null if a quote is not closed.</summary>
    private static string? Value(string text)
    {
        if (text.Length == 0 || text[0] is not ('"' or '\''))
            return StripComment(text);
        var value = new StringBuilder();
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] == text[0])
                return StripComment(" " + text[(i + 1)..]).Length == 0 ? value.ToString() : null;
            if (text[i] == '\\' && text[0] == '"' && i + 1 < text.Length)
                value.Append(Unescape(text[++i]));
            else
                value.Append(text[i]);
        }

        return null;
    }

    private static string StripComment(string text)
    {
        if (text.StartsWith('#'))
            return "";
        for (var i = 1; i < text.Length; i++)
            if (text[i] == '#' && char.IsWhiteSpace(text[i - 1]))
                return text[..(i - 1)].Trim();
        return text.Trim();
    }

    private static char Unescape(char letter) =>
        letter switch
        {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            _ => letter,
        };
}
