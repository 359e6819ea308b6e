using System.Text.Json.Nodes;

namespace Tollgate.Configuration.Declaration;

/// <summary>Parses a text as a value.</summary>
/// <param name="text">The text.</param>
/// <param name="folder">The base folder of relative paths.</param>
/// <param name="value">The value.</param>
internal delegate bool TryRead<T>(string text, string folder, out T value);

/// <summary>The type of a single value.</summary>
/// <param name="Name">Its name on the reference page.</param>
/// <param name="Expected">The expected form, for messages; continues "this is not …".</param>
/// <param name="TryRead">Parses it.</param>
/// <param name="Write">Formats it as in a file.</param>
internal sealed record SettingType<T>(string Name, string Expected, TryRead<T> TryRead, Func<T, string> Write)
{
    /// <summary>The JSON type of a value as written in YAML.</summary>
    public string JsonType { get; init; } = "string";

    /// <summary>The allowed texts; empty if there is no such list.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>Returns the type that also reads a value's former text.</summary>
    public SettingType<T> WithFormer(string formerText, string text) =>
        this with
        {
            TryRead = (string written, string folder, out T value) =>
                TryRead(written == formerText ? text : written, folder, out value),
        };

    public JsonObject Schema()
    {
        if (Choices.Count > 0)
            return new JsonObject { ["enum"] = new JsonArray([.. Choices.Select(static choice => (JsonNode)choice)]) };
        // For any type, a variable may be written instead.
        return JsonType == "string"
            ? new JsonObject { ["type"] = "string" }
            : new JsonObject { ["type"] = new JsonArray(JsonType, "string") };
    }
}
