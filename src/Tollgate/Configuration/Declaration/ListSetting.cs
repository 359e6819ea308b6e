using System.Text.Json.Nodes;
using Tollgate.Operations.Yaml;

namespace Tollgate.Configuration.Declaration;

/// <summary>A list of mappings.</summary>
/// <param name="name">The key in the file.</param>
/// <param name="description">Its description.</param>
/// <param name="item">The keys of each item.</param>
/// <param name="add">Adds an item; its location is passed for later messages.</param>
internal sealed class ListSetting<TOwner, TItem>(
    string name,
    string description,
    Section<TItem> item,
    Action<TOwner, TItem, LocatedValue> add
) : Setting<TOwner>(name, description)
    where TItem : new()
{
    public override string TypeName => "list";

    public override string ChildPrefix => "[].";

    public override IReadOnlyList<Setting> Children => item.Settings;

    /// <summary>Handles an item that is a single text; null if each item must be a mapping.</summary>
    public Action<TItem, string>? Shorthand { get; init; }

    public override JsonObject Schema()
    {
        var schema = Shorthand is null
            ? item.Schema()
            : new JsonObject { ["anyOf"] = new JsonArray(new JsonObject { ["type"] = "string" }, item.Schema()) };
        return new JsonObject { ["type"] = new JsonArray("array", "null"), ["items"] = schema };
    }

    public override void Bind(TOwner owner, YamlValue value, ConfigPath location)
    {
        if (value is not YamlList list)
        {
            location.Error(value.Position, $"Expected a list, found {value.Kind}.");
            return;
        }

        for (var i = 0; i < list.Items.Count; i++)
            Add(owner, list.Items[i], location.Item(i));
    }

    private void Add(TOwner owner, YamlValue value, ConfigPath location)
    {
        var fresh = new TItem();
        if (value is YamlScalar { IsNull: false } && Shorthand is not null)
        {
            if (location.Binder.Expand(value, location) is not { } expanded)
                return;
            if (expanded.Text is { } text)
                Shorthand(fresh, text);
            else
                UnsetVariables.Note(fresh, expanded.Unset, value.Position, location);
        }
        else if (value.IsNull)
        {
            location.Error(value.Position, "This item is empty. Remove it, or add its keys.");
            return;
        }
        else
        {
            UnsetVariables.Bind(item, fresh, value, location);
        }

        add(owner, fresh, new LocatedValue(location, value.Position));
    }
}

/// <summary>The location of something that is checked after the whole file has been read.</summary>
internal readonly record struct LocatedValue(ConfigPath Path, YamlPosition Position)
{
    public void Error(string message) => Path.Error(Position, message);

    public void Warn(string message) => Path.Warn(Position, message);
}
