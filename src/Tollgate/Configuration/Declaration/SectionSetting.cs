using System.Text.Json.Nodes;
using Tollgate.Configuration.Yaml;

namespace Tollgate.Configuration.Declaration;

/// <summary>Settings under a common name.</summary>
internal sealed class SectionSetting<TOwner>(string name, string description, Section<TOwner> section) : Setting<TOwner>(name, description)
{
    public Section<TOwner> Section => section;

    public override string TypeName => "section";

    public override IReadOnlyList<Setting> Children => section.Settings;

    public override JsonObject Schema() => section.Schema();

    public override void Bind(TOwner owner, YamlValue value, Spot spot) => spot.Binder.Bind(section, owner, value, spot);
}
