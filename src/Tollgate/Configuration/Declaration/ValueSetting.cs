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
    public override string? Default => get(new TOwner()) is { } value ? type.Write(value) : null;

    public override bool FitsVariable => true;

    public override JsonObject Schema() => type.Schema();

    public override void Bind(TOwner owner, YamlValue value, ConfigPath spot)
    {
        if (spot.Binder.Expand(value, spot) is not { } expanded)
            return;
        if (expanded.Text is not { } text)
            UnsetVariables.Note(owner, expanded.Unset, value.Position, spot);
        // An empty variable omits the setting, as if its key were absent.
        else if (text.Length == 0 && expanded.Names.Count > 0)
            return;
        else if (type.TryRead(text, spot.Binder.Folder, out var read))
            set(owner, read);
        // The text of the file, not the expanded variable, which may be a secret.
        else
            spot.Error(value.Position, $"'{((YamlScalar)value).Text}' is not {type.Expected}.");
    }

    public override void BindVariable(TOwner owner, string variable, ConfigPath spot)
    {
        if (type.TryRead(spot.Binder.Variables.Find(variable)!, spot.Binder.Folder, out var read))
            set(owner, read);
        else
            spot.ErrorIn(variable, $"The value of {variable} is not {type.Expected}.");
    }
}
