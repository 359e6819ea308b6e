using System.Text.Json.Nodes;
using Tollgate.Configuration.Declaration;
using Tollgate.Operations.Yaml;

namespace Tollgate.Configuration.Formats;

/// <summary>LiteLLM's fallbacks: a list of mappings from a model to a list of models.</summary>
internal sealed class FallbackSetting(string name, string description, Action<LiteLlmDraft, FallbackDraft> add)
    : Setting<LiteLlmDraft>(name, description)
{
    public override string TypeName => "list (model: [models])";

    public override JsonObject Schema() => new() { ["type"] = "array" };

    public override void Bind(LiteLlmDraft owner, YamlValue value, ConfigPath location)
    {
        if (value is not YamlList list)
        {
            location.Error(value.Position, $"Expected a list such as [{{gpt-4o: [claude]}}], found {value.Kind}.");
            return;
        }

        for (var i = 0; i < list.Items.Count; i++)
        {
            if (list.Items[i] is YamlMap map)
                foreach (var pair in map.Pairs)
                    Add(owner, pair, location.Item(i).Key(pair.Key));
            else
                location.Item(i).Error(list.Items[i].Position, "Expected a mapping such as {gpt-4o: [claude]}.");
        }
    }

    private void Add(LiteLlmDraft owner, YamlPair pair, ConfigPath location)
    {
        var names = new Names();
        NamesSetting.Bind(names, pair.Value, location);
        if (names.Values.Count > 0)
            add(owner, new(pair.Key, names.Values, new LocatedValue(location, pair.Position)));
    }

    private static readonly TextListSetting<Names> NamesSetting = new(
        "",
        SettingTypes.Text,
        static names => names.Values,
        static (names, values) => names.Values = values,
        ""
    );

    private sealed class Names
    {
        public IReadOnlyList<string> Values { get; set; } = [];
    }
}
