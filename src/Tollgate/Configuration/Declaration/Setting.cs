using System.Text.Json.Nodes;
using Tollgate.Configuration.Yaml;

namespace Tollgate.Configuration.Declaration;

/// <summary>
/// A setting, declared once: the file's reader, the messages, the reference page and the schema all come from it.
/// </summary>
/// <param name="name">The key in the file.</param>
/// <param name="description">What it does, in one sentence.</param>
internal abstract class Setting(string name, string description)
{
    public string Name { get; } = name;

    public string Description { get; } = description;

    /// <summary>What it holds, for the reference page.</summary>
    public abstract string TypeName { get; }

    /// <summary>What holds where it is left out; null where nothing does.</summary>
    public virtual string? Default => null;

    /// <summary>The environment variable that also sets it, where its name does not follow from the path.</summary>
    public string? Variable { get; init; }

    /// <summary>Whether a variable of the environment can set it.</summary>
    public virtual bool FitsVariable => false;

    /// <summary>
    /// What the settings within it have in their path after this one's name: <c>.</c>, <c>[].</c> or <c>.NAME.</c>
    /// </summary>
    public virtual string ChildPrefix => ".";

    /// <summary>The settings within it.</summary>
    public virtual IReadOnlyList<Setting> Children => [];

    /// <summary>Its JSON schema, without the description.</summary>
    public abstract JsonObject Schema();
}

/// <summary>A setting that knows what it sets.</summary>
internal abstract class Setting<TOwner>(string name, string description) : Setting(name, description)
{
    /// <summary>Sets it to what the file says, or adds problems.</summary>
    public abstract void Bind(TOwner owner, YamlValue value, Spot spot);

    /// <summary>
    /// Sets it to what a variable says, or adds a problem. Only where <see cref="Setting.FitsVariable"/>.
    /// </summary>
    public virtual void BindVariable(TOwner owner, string variable, Spot spot) =>
        throw new InvalidOperationException($"{spot.Path} is not set by a variable.");
}
