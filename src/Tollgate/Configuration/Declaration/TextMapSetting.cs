using System.Text.Json.Nodes;
using Tollgate.Configuration.Yaml;

namespace Tollgate.Configuration.Declaration;

/// <summary>A mapping from names to texts, which may be secrets: they go into no message.</summary>
/// <param name="name">The key in the file.</param>
/// <param name="set">Takes a pair, or says what is wrong with it.</param>
/// <param name="description">What it is.</param>
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

    public override void Bind(TOwner owner, YamlValue value, Spot spot)
    {
        if (value is not YamlMap map)
        {
            spot.Error(value.Position, $"A mapping of names was expected here, not {value.Kind}.");
            return;
        }

        foreach (var pair in map.Pairs)
            if (!pair.Value.IsNull)
                Set(owner, pair, spot.Key(pair.Key));
    }

    private void Set(TOwner owner, YamlPair pair, Spot spot)
    {
        if (spot.Binder.Expand(pair.Value, spot) is not { } expanded)
            return;
        if (expanded.Text is not { } text)
            UnsetVariables.Note(owner, expanded.Unset, pair.Position, spot);
        else if (set(owner, pair.Key, text) is { } fault)
            spot.Error(pair.Position, fault);
    }
}
