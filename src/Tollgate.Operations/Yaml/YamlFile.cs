using Tollgate.Operations.Problems;
using YamlDotNet.Core;

namespace Tollgate.Operations.Yaml;

/// <summary>The file cannot be read as YAML; the message explains why.</summary>
internal sealed class YamlReadException(YamlPosition position, string message) : Exception(message)
{
    public YamlPosition Position { get; } = position;
}

/// <summary>Reads a YAML text into values with their positions.</summary>
internal static class YamlFile
{
    /// <summary>Returns the root; null if the text is empty, or not YAML, in which case a problem was added.</summary>
    public static YamlValue? Parse(string file, string text, ProblemList problems)
    {
        try
        {
            using var reader = new StringReader(text);
            return new YamlTreeReader(new Parser(reader)).Read();
        }
        catch (YamlReadException exception)
        {
            problems.Error(Place(file, exception.Position), "", exception.Message);
        }
        catch (YamlException exception)
        {
            problems.Error(
                Place(file, new(exception.Start.Line, exception.Start.Column)),
                "",
                $"This is not valid YAML: {exception.Message}"
            );
        }
        // For some broken escapes the parser throws framework exceptions.
        catch (Exception exception)
            when (exception is ArgumentException or InvalidOperationException or FormatException or OverflowException)
        {
            problems.Error(file, "", $"This is not valid YAML: {exception.Message}");
        }

        return null;
    }

    /// <summary>Formats a location: <c>tollgate.yaml:3:5</c>.</summary>
    public static string Place(string file, YamlPosition position) => $"{file}:{position.Line}:{position.Column}";
}
