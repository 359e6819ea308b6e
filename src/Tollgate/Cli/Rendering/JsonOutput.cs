using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Tollgate.Cli.Rendering;

/// <summary>Prints the result of a use case as JSON.</summary>
internal static class JsonOutput
{
    /// <summary>Prints a record with line breaks, and a line break after it.</summary>
    public static void Write<T>(TextWriter output, T value, JsonTypeInfo<T> type) =>
        output.WriteLine(JsonSerializer.Serialize(value, type));
}
