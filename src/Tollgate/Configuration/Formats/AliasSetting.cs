using System.Text.Json.Nodes;
using Tollgate.Configuration.Declaration;
using Tollgate.Operations.Yaml;

namespace Tollgate.Configuration.Formats;

/// <summary>LiteLLM's aliases: a mapping from a name to a model, or to a mapping with <c>model</c>.</summary>
internal sealed class AliasSetting(string name, string description, Action<LiteLlmDraft, AliasDraft> add)
    : Setting<LiteLlmDraft>(name, description)
{
    public override string TypeName => "mapping (name: model)";

    public override JsonObject Schema() => new() { ["type"] = "object" };

    public override void Bind(LiteLlmDraft owner, YamlValue value, ConfigPath location)
    {
        if (value is not YamlMap map)
        {
            location.Error(value.Position, $"Expected a mapping such as {{gpt-4: gpt-4o}}, found {value.Kind}.");
            return;
        }

        foreach (var pair in map.Pairs)
        {
            var target = pair.Value is YamlMap inner ? inner.Find("model") ?? inner : pair.Value;
            var child = location.Key(pair.Key);
            if (child.Binder.Expand(target, child)?.Text is { Length: > 0 } model)
                add(owner, new(pair.Key, model, new LocatedValue(child, pair.Position)));
        }
    }
}
