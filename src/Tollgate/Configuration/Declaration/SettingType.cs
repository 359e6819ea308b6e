using System.Text.Json.Nodes;

namespace Tollgate.Configuration.Declaration;

/// <summary>Reads a text as a value.</summary>
/// <param name="text">The text.</param>
/// <param name="folder">The folder that a relative path starts from.</param>
/// <param name="value">The value.</param>
internal delegate bool TryRead<T>(string text, string folder, out T value);

/// <summary>What a single value may look like.</summary>
/// <param name="Name">Its name on the reference page.</param>
/// <param name="Expected">What was expected, for messages: continues "this is not …".</param>
/// <param name="TryRead">Reads it.</param>
/// <param name="Write">Writes it as it is written in a file.</param>
internal sealed record SettingType<T>(string Name, string Expected, TryRead<T> TryRead, Func<T, string> Write)
{
    /// <summary>The JSON type of a value as written in YAML.</summary>
    public string JsonType { get; init; } = "string";

    /// <summary>The only texts allowed; empty where there is no such list.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    public JsonObject Schema()
    {
        if (Choices.Count > 0)
            return new JsonObject { ["enum"] = new JsonArray([.. Choices.Select(static choice => (JsonNode)choice)]) };
        // Whatever the type, a variable may stand in its place.
        return JsonType == "string"
            ? new JsonObject { ["type"] = "string" }
            : new JsonObject { ["type"] = new JsonArray(JsonType, "string") };
    }
}
