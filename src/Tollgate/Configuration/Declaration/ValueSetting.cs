using System.Text.Json.Nodes;
using Tollgate.Operations.Yaml;

namespace Tollgate.Configuration.Declaration;

/// <summary>A setting with a single value.</summary>
internal sealed class ValueSetting<TOwner, TValue>(
    string name,
    SettingType<TValue> type,
    Func<TOwner, TValue?> get,
    Action<TOwner, TValue> set,
    string description
) : Setting<TOwner>(name, description)
    where TOwner : new()
{
    public override string TypeName => type.Name;

    /// <summary>The value of a new owner, so that a default is defined in one place only.</summary>
    public override string? Default => Read(new TOwner());

    public override bool FitsVariable => true;

    public override string? Read(TOwner owner) => get(owner) is { } value ? type.Write(value) : null;

    public override JsonObject Schema() => type.Schema();

    public override void Bind(TOwner owner, YamlValue value, ConfigPath location)
    {
        if (location.Binder.Expand(value, location) is not { } expanded)
            return;
        if (expanded.Text is not { } text)
            UnsetVariables.Note(owner, expanded.Unset, value.Position, location);
        // An empty variable omits the setting, as if its key were absent.
        else if (text.Length == 0 && expanded.Names.Count > 0)
            return;
        else if (type.TryRead(text, location.Binder.Folder, out var read))
            set(owner, read);
        // The text of the file, not the expanded variable, which may be a secret.
        else
            location.Error(value.Position, $"'{((YamlScalar)value).Text}' is not {type.Expected}.");
    }

    public override void BindVariable(TOwner owner, string variable, ConfigPath location)
    {
        if (type.TryRead(location.Binder.Variables.Find(variable)!, location.Binder.Folder, out var read))
            set(owner, read);
        else
            location.ErrorIn(variable, $"The value of {variable} is not {type.Expected}.");
    }
}
