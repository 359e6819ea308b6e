using System.Collections.Frozen;
using Tollgate.Configuration.Drafts;
using Tollgate.Gateway.Providers;

namespace Tollgate.Configuration.Formats;

/// <summary>Translates a LiteLLM-style file into Tollgate's settings.</summary>
internal sealed class LiteLlmTranslation(LiteLlmDraft file)
{
    // LiteLLM's provider names that differ from Tollgate's.
    private static readonly FrozenDictionary<string, string> Prefixes = new Dictionary<string, string>
    {
        ["azure_text"] = "azure",
        ["together_ai"] = "together",
        ["ollama_chat"] = "ollama",
        ["hosted_vllm"] = "vllm",
        ["fireworks_ai"] = "fireworks",
        ["text-completion-openai"] = "openai",
        ["custom_openai"] = "openai",
        ["openai_like"] = "openai",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Returns Tollgate's id of a provider prefix; null if the prefix is part of the model name.</summary>
    public static string? FindProvider(string prefix) =>
        Prefixes.GetValueOrDefault(prefix) ?? (KnownProviders.ById.ContainsKey(prefix) ? prefix : null);

    public ConfigurationDraft Translate()
    {
        foreach (
            var group in file.Entries.Where(IsComplete).GroupBy(static entry => entry.Name!, StringComparer.Ordinal)
        )
        {
            if (group.Key.Contains('*'))
                file.Draft.Wildcards.AddRange(group.Select(ParseWildcard).OfType<DeploymentDraft>());
            else
                file.Draft.Models.Add(Model(group.Key, [.. group]));
        }

        foreach (
            var entry in file.Entries.Where(static entry =>
                entry is { RequestsPerMinute: not null } or { TokensPerMinute: not null }
            )
        )
            entry.Place.Warn(
                "rpm and tpm only set this deployment's weight among those of its model. "
                    + "They are not enforced as limits."
            );
        foreach (var fallback in file.Fallbacks)
            SetFallbacks(fallback);
        foreach (var model in file.Draft.Models.Where(static model => model.Fallbacks.Count == 0))
            model.Fallbacks = [.. file.DefaultFallbacks.Where(name => name != model.Name)];
        foreach (var alias in file.Aliases)
            AddAlias(alias);
        return file.Draft;
    }

    private static bool IsComplete(EntryDraft entry)
    {
        if (entry.IsBroken)
            return false;
        if (entry.Name is null)
            entry.Place.Error("This entry has no model_name, the name that clients use.");
        else if (entry.Model is null && entry.Unset.Count == 0)
            entry.Place.Error("This entry has no litellm_params.model.");
        return entry is { Name: not null } && (entry.Model is not null || entry.Unset.Count > 0);
    }

    private static ModelDraft Model(string name, IReadOnlyList<EntryDraft> entries)
    {
        var weights = EntryWeights.Calculate(entries);
        return new ModelDraft
        {
            Name = name,
            Place = entries[0].Place,
            Deployments = [.. entries.Zip(weights).Select(static pair => Deployment(pair.First, pair.Second))],
        };
    }

    private static DeploymentDraft Deployment(EntryDraft entry, int weight)
    {
        var deployment = new DeploymentDraft
        {
            Provider = entry.Provider is { } custom ? FindProvider(custom) ?? custom : null,
            Model = entry.Model,
            PricedAs = entry.BaseModel is { } model ? RemovePrefix(model) : null,
            Weight = weight,
            Place = entry.Place,
            BaseUrl = entry.BaseUrl,
            ApiKey = entry.ApiKey,
            KeyVariable = entry.KeyVariable,
            ApiVersion = entry.ApiVersion,
        };
        foreach (var (name, value) in entry.Headers)
            deployment.Headers[name] = value;
        deployment.Unset.AddRange(entry.Unset);
        return deployment;
    }

    /// <summary>The model name without its provider prefix.</summary>
    private static string RemovePrefix(string model)
    {
        var slash = model.IndexOf('/');
        return slash > 0 && FindProvider(model[..slash]) is not null ? model[(slash + 1)..] : model;
    }

    /// <summary><c>*</c> or <c>PROVIDER/*</c>: any model of all providers, or of one.</summary>
    private static DeploymentDraft? ParseWildcard(EntryDraft entry)
    {
        var deployment = Deployment(entry, 1);
        var pattern = entry.Model is null or "*" ? entry.Name! : entry.Model;
        if (pattern == "*")
            return deployment;
        if (pattern.EndsWith("/*", StringComparison.Ordinal) && FindProvider(pattern[..^2]) is { } provider)
        {
            deployment.Provider = provider;
            return deployment;
        }

        entry.Place.Error(
            $"The pattern '{entry.Name}' of '{entry.Model}' is not supported. Only * and PROVIDER/* with a known "
                + $"provider are; list other models by name."
        );
        return null;
    }

    private void SetFallbacks(FallbackDraft fallback)
    {
        if (file.Draft.Models.Find(model => model.Name == fallback.Model) is { } model)
            model.Fallbacks = [.. model.Fallbacks.Union(fallback.Fallbacks)];
        else if (fallback.Model == "*")
            file.DefaultFallbacks = fallback.Fallbacks;
        else
            fallback.Place.Error($"'{fallback.Model}' has fallbacks, but is not in model_list.");
    }

    private void AddAlias(AliasDraft alias)
    {
        if (file.Draft.Models.Find(model => model.Name == alias.Model) is not { } model)
            alias.Place.Error($"'{alias.Alias}' is an alias of '{alias.Model}', which is not in model_list.");
        else if (file.Draft.Models.Exists(other => other.Name == alias.Alias))
            alias.Place.Error($"The alias '{alias.Alias}' is also a model_name. Keep one.");
        else
            file.Draft.Models.Add(
                new ModelDraft
                {
                    Name = alias.Alias,
                    Place = alias.Place,
                    Deployments = model.Deployments,
                    Fallbacks = model.Fallbacks,
                }
            );
    }
}
