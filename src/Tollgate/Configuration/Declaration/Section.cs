using System.Text.Json.Nodes;

namespace Tollgate.Configuration.Declaration;

/// <summary>The keys that a mapping may have.</summary>
internal sealed class Section<TOwner>(IReadOnlyList<Setting<TOwner>> settings)
{
    public IReadOnlyList<Setting<TOwner>> Settings { get; } = settings;

    /// <summary>Returns the setting with a name or a former name; null if there is none.</summary>
    public Setting<TOwner>? Find(string name)
    {
        foreach (var setting in Settings)
            if (setting.Name == name || setting.FormerName == name)
                return setting;
        return null;
    }

    public JsonObject Schema()
    {
        var properties = new JsonObject();
        foreach (var setting in Settings)
        {
            var schema = setting.Schema();
            schema["description"] = setting.Description;
            if (setting.Default is { } text)
                schema["default"] = text;
            properties[setting.Name] = schema;
        }

        return new JsonObject
        {
            ["type"] = new JsonArray("object", "null"),
            ["properties"] = properties,
            ["additionalProperties"] = false,
        };
    }
}
