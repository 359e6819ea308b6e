using System.Text.Json.Nodes;
using Tollgate.Configuration.Yaml;

namespace Tollgate.Configuration.Declaration;

/// <summary>A key of a provider. Its value goes to whoever needs it, and into no message.</summary>
/// <param name="name">The key in the file.</param>
/// <param name="set">Takes the value, which is null where a variable is not set, and the name of the variable, if
/// any.</param>
/// <param name="description">What it does.</param>
internal sealed class SecretSetting<TOwner>(string name, Action<TOwner, string?, string?> set, string description)
    : Setting<TOwner>(name, description)
{
    public override string TypeName => "secret";

    public override JsonObject Schema() => new() { ["type"] = "string" };

    public override void Bind(TOwner owner, YamlValue value, Spot spot)
    {
        if (spot.Binder.Expand(value, spot) is not { } expanded)
            return;
        var text = expanded.Text?.Trim();
        if (expanded.Unset.Count > 0)
            UnsetVariables.Note(owner, expanded.Unset, value.Position, spot);
        if (text is not null && text.AsSpan().ContainsAnyExceptInRange('!', '~'))
            spot.Error(
                value.Position,
                "A key is one word of printable ASCII; this one holds another character, or a space or line break "
                    + "within."
            );
        else
            set(owner, text is "" ? null : text, expanded.Names.Count > 0 ? expanded.Names[0] : null);
    }
}
