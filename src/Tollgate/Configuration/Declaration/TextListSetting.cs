using System.Text.Json.Nodes;
using Tollgate.Operations.Yaml;

namespace Tollgate.Configuration.Declaration;

/// <summary>A list of single values; in a variable, or as a single value, a text separated by semicolons.</summary>
internal sealed class TextListSetting<TOwner>(
    string name,
    SettingType<string> type,
    Func<TOwner, IReadOnlyList<string>> get,
    Action<TOwner, IReadOnlyList<string>> set,
    string description
) : Setting<TOwner>(name, description)
    where TOwner : new()
{
    /// <summary>True if an empty list differs from an omitted one.</summary>
    public bool AllowsEmpty { get; init; }

    public override string TypeName => $"list ({type.Name})";

    public override string? Default => Read(new TOwner());

    public override bool FitsVariable => true;

    public override string? Read(TOwner owner) =>
        get(owner) is { Count: > 0 } values ? string.Join(';', values.Select(type.Write)) : null;

    public override JsonObject Schema() =>
        new() { ["type"] = new JsonArray("array", "string", "null"), ["items"] = type.Schema() };

    public override void Bind(TOwner owner, YamlValue value, ConfigPath location)
    {
        if (value is not YamlList list)
        {
            if (location.Binder.Expand(value, location) is not { } expanded)
                return;
            if (expanded.Text is { } text)
                Set(owner, text, location, error => location.Error(value.Position, error));
            else
                UnsetVariables.Note(owner, expanded.Unset, value.Position, location);
            return;
        }

        var values = new List<string>();
        for (var i = 0; i < list.Items.Count; i++)
            if (Item(owner, list.Items[i], location.Item(i)) is { } item)
                values.Add(item);
        if (values.Count > 0 || (AllowsEmpty && list.Items.Count == 0))
            set(owner, values);
    }

    public override void BindVariable(TOwner owner, string variable, ConfigPath location) =>
        Set(owner, location.Binder.Variables.Find(variable)!, location, error => location.ErrorIn(variable, error));

    private string? Item(TOwner owner, YamlValue value, ConfigPath location)
    {
        if (location.Binder.Expand(value, location) is not { } expanded)
            return null;
        if (expanded.Text is not { } text)
            UnsetVariables.Note(owner, expanded.Unset, value.Position, location);
        else if (type.TryRead(text, location.Binder.Folder, out var read))
            return read;
        else
            location.Error(value.Position, $"'{((YamlScalar)value).Text}' is not {type.Expected}.");
        return null;
    }

    private void Set(TOwner owner, string text, ConfigPath location, Action<string> fail)
    {
        var values = new List<string>();
        foreach (var part in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (type.TryRead(part, location.Binder.Folder, out var read))
                values.Add(read);
            else
                fail($"The list contains a value that is not {type.Expected}.");
        }

        if (values.Count > 0)
            set(owner, values);
    }
}
