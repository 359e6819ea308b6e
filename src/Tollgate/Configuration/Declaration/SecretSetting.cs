using System.Text.Json.Nodes;
using Tollgate.Operations.Yaml;

namespace Tollgate.Configuration.Declaration;

/// <summary>A provider key. Its value never appears in a message.</summary>
/// <param name="name">The key in the file.</param>
/// <param name="set">Sets the value, which is null if a variable is not set, and the name of the variable, if
/// any.</param>
/// <param name="description">Its description.</param>
internal sealed class SecretSetting<TOwner>(string name, Action<TOwner, string?, string?> set, string description)
    : Setting<TOwner>(name, description)
{
    public override string TypeName => "secret";

    public override JsonObject Schema() => new() { ["type"] = "string" };

    public override void Bind(TOwner owner, YamlValue value, ConfigPath location)
    {
        if (location.Binder.Expand(value, location) is not { } expanded)
            return;
        var text = expanded.Text?.Trim();
        if (expanded.Unset.Count > 0)
            UnsetVariables.Note(owner, expanded.Unset, value.Position, location);
        if (text is not null && text.AsSpan().ContainsAnyExceptInRange('!', '~'))
            location.Error(
                value.Position,
                "A key must be one word of printable ASCII; "
                    + "this one contains a space, a line break or another character."
            );
        else
            set(owner, text is "" ? null : text, expanded.Names.Count > 0 ? expanded.Names[0] : null);
    }
}
