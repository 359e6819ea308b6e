using System.Text.Json.Nodes;
using Tollgate.Operations.Yaml;

namespace Tollgate.Configuration.Declaration;

/// <summary>
/// A setting, declared once: the file reader, the messages, the reference page and the schema are all derived from it.
/// </summary>
/// <param name="name">The key in the file.</param>
/// <param name="description">Its description, in one sentence.</param>
internal abstract class Setting(string name, string description)
{
    public string Name { get; } = name;

    public string Description { get; } = description;

    /// <summary>The name of its type, for the reference page.</summary>
    public abstract string TypeName { get; }

    /// <summary>Its default; null if there is none.</summary>
    public virtual string? Default => null;

    /// <summary>The environment variable that also sets it, if its name is not derived from the path.</summary>
    public string? Variable { get; init; }

    /// <summary>
    /// The key that it had in an earlier version, which is still read, with a warning; null if it had no other.
    /// </summary>
    public string? FormerName { get; init; }

    /// <summary>True if an environment variable can set it.</summary>
    public virtual bool FitsVariable => false;

    /// <summary>
    /// The separator after this name in the path of nested settings: <c>.</c>, <c>[].</c> or <c>.NAME.</c>
    /// </summary>
    public virtual string ChildPrefix => ".";

    /// <summary>The nested settings.</summary>
    public virtual IReadOnlyList<Setting> Children => [];

    /// <summary>Its JSON schema, without the description.</summary>
    public abstract JsonObject Schema();
}

/// <summary>A setting of a given owner type.</summary>
internal abstract class Setting<TOwner>(string name, string description) : Setting(name, description)
{
    /// <summary>Binds it to the file's value, or adds problems.</summary>
    public abstract void Bind(TOwner owner, YamlValue value, ConfigPath location);

    /// <summary>
    /// Returns its value as it would be written; null if it has none. Secrets are described instead.
    /// </summary>
    public virtual string? Read(TOwner owner) => null;

    /// <summary>
    /// Binds it to a variable's value, or adds a problem. Requires <see cref="Setting.FitsVariable"/>.
    /// </summary>
    public virtual void BindVariable(TOwner owner, string variable, ConfigPath location) =>
        throw new InvalidOperationException($"{location.Path} cannot be set by a variable.");
}
