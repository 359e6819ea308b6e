using System.Text.Json.Nodes;
using Tollgate.Configuration.Declaration;
using Tollgate.Operations.Yaml;

namespace Tollgate.Configuration.Formats;

/// <summary>LiteLLM's strategy for choosing among deployments.</summary>
internal sealed class StrategySetting(string name, string description) : Setting<LiteLlmDraft>(name, description)
{
    public override string TypeName => "text";

    public override JsonObject Schema() => new() { ["type"] = "string" };

    public override void Bind(LiteLlmDraft owner, YamlValue value, ConfigPath location)
    {
        if (location.Binder.Expand(value, location)?.Text is { } strategy and not "simple-shuffle")
            location.Warn(
                value.Position,
                $"'{strategy}' is not supported. "
                    + "Deployments are chosen by their weight, rpm or tpm, as by simple-shuffle."
            );
    }
}
