using System.Text.Json.Nodes;
using Tollgate.Operations.Yaml;

namespace Tollgate.Configuration.Declaration;

/// <summary>Settings under a common name.</summary>
internal sealed class SectionSetting<TOwner>(string name, string description, Section<TOwner> section)
    : Setting<TOwner>(name, description)
{
    public Section<TOwner> Section => section;

    public override string TypeName => "section";

    public override IReadOnlyList<Setting> Children => section.Settings;

    /// <summary>The nested setting that receives a list, if a list may be written instead of the section.</summary>
    public string? ListFor { get; init; }

    public override JsonObject Schema() =>
        ListFor is null || section.Find(ListFor) is not { } list
            ? section.Schema()
            : new JsonObject { ["anyOf"] = new JsonArray(section.Schema(), list.Schema()) };

    public override void Bind(TOwner owner, YamlValue value, ConfigPath location)
    {
        if (value is YamlList && ListFor is { } name && section.Find(name) is { } list)
            list.Bind(owner, value, location);
        else
            location.Binder.Bind(section, owner, value, location);
    }
}
