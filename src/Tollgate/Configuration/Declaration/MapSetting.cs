using System.Text.Json.Nodes;
using Tollgate.Operations.Yaml;

namespace Tollgate.Configuration.Declaration;

/// <summary>A mapping from user-defined names to mappings.</summary>
internal sealed class MapSetting<TOwner, TItem>(
    string name,
    string description,
    Section<TItem> item,
    Action<TOwner, string, TItem, LocatedValue> add
) : Setting<TOwner>(name, description)
    where TItem : new()
{
    public override string TypeName => "mapping";

    public override string ChildPrefix => ".ID.";

    public override IReadOnlyList<Setting> Children => item.Settings;

    public override JsonObject Schema() =>
        new() { ["type"] = new JsonArray("object", "null"), ["additionalProperties"] = item.Schema() };

    public override void Bind(TOwner owner, YamlValue value, ConfigPath location)
    {
        if (value is not YamlMap map)
        {
            location.Error(value.Position, $"Expected a mapping of names, found {value.Kind}.");
            return;
        }

        foreach (var pair in map.Pairs)
        {
            var fresh = new TItem();
            var itemLocation = location.Key(pair.Key);
            UnsetVariables.Bind(item, fresh, pair.Value, itemLocation);
            add(owner, pair.Key, fresh, new LocatedValue(itemLocation, pair.Position));
        }
    }
}
