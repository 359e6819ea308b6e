using System.Text.Json.Nodes;
using Tollgate.Operations.Yaml;

namespace Tollgate.Configuration.Declaration;

/// <summary>A mapping from names to texts. They may be secrets and never appear in a message.</summary>
/// <param name="name">The key in the file.</param>
/// <param name="set">Sets a pair, or returns what is wrong with it.</param>
/// <param name="description">Its description.</param>
internal sealed class TextMapSetting<TOwner>(string name, Func<TOwner, string, string, string?> set, string description)
    : Setting<TOwner>(name, description)
{
    public override string TypeName => "mapping (text)";

    public override JsonObject Schema() =>
        new()
        {
            ["type"] = new JsonArray("object", "null"),
            ["additionalProperties"] = new JsonObject
            {
                ["type"] = new JsonArray("string", "number", "boolean", "null"),
            },
        };

    public override void Bind(TOwner owner, YamlValue value, ConfigPath location)
    {
        if (value is not YamlMap map)
        {
            location.Error(value.Position, $"Expected a mapping of names, found {value.Kind}.");
            return;
        }

        foreach (var pair in map.Pairs)
            if (!pair.Value.IsNull)
                Set(owner, pair, location.Key(pair.Key));
    }

    private void Set(TOwner owner, YamlPair pair, ConfigPath location)
    {
        if (location.Binder.Expand(pair.Value, location) is not { } expanded)
            return;
        if (expanded.Text is not { } text)
            UnsetVariables.Note(owner, expanded.Unset, pair.Position, location);
        else if (set(owner, pair.Key, text) is { } error)
            location.Error(pair.Position, error);
    }
}
