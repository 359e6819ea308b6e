using Tollgate.Configuration.Declaration;
using Tollgate.Configuration.Drafts;
using Tollgate.Configuration.Formats;
using Tollgate.Configuration.Variables;
using Tollgate.Operations.Problems;
using Tollgate.Operations.Yaml;

namespace Tollgate.Configuration;

/// <summary>The contents of a configuration file.</summary>
/// <param name="Draft">Its settings.</param>
/// <param name="ProviderOfPrefix">Maps a prefix of a model name to its provider in the file's format; null if there is
/// none.</param>
internal sealed record FileContents(ConfigurationDraft Draft, Func<string, string?> ProviderOfPrefix);

/// <summary>Reads a configuration file in any of the known formats, distinguished by their keys.</summary>
internal static class ConfigurationFile
{
    /// <summary>Returns the contents; null if the file could not be read at all.</summary>
    /// <param name="path">The file; null if there is none, which is treated as empty.</param>
    /// <param name="variables">The variables; those that the file itself defines are added.</param>
    /// <param name="problems">Receives the problems found.</param>
    public static FileContents? Read(string? path, ref VariableSet variables, ProblemList problems)
    {
        if (path is null)
            return TollgateKeys(new ConfigurationDraft());
        if (ConfigurationTextFile.Read(path, problems) is not { } text)
            return null;
        var root = YamlFile.Parse(path, text, problems);
        if (root is null)
            return problems.HasErrors ? null : TollgateKeys(new ConfigurationDraft());
        if (
            root is not YamlMap map
            || !map.Pairs.Any(static pair => LiteLlmFormat.DistinguishingKeys.Contains(pair.Key))
        )
            return ReadTollgate(path, root, variables, problems);
        if (ReportMixedFormats(map) is { } own)
        {
            problems.Error(
                YamlFile.Place(path, own.Position),
                own.Key,
                $"'{own.Key}' belongs to tollgate.yaml, but other keys here belong to LiteLLM's config.yaml. Use one "
                    + $"format: in tollgate.yaml the list of models is 'models'."
            );
            return null;
        }

        variables = variables.WithFallback(ReadVariables(path, map, variables));
        return ReadLiteLlm(path, map, variables, problems);
    }

    private static FileContents TollgateKeys(ConfigurationDraft draft) =>
        new(
            draft,
            prefix =>
                draft.Providers.ContainsKey(prefix) || Gateway.Providers.KnownProviders.ById.ContainsKey(prefix)
                    ? prefix
                    : null
        );

    private static FileContents ReadTollgate(string path, YamlValue root, VariableSet variables, ProblemList problems)
    {
        var draft = new ConfigurationDraft();
        var binder = new Binder(
            path,
            GetFolder(path),
            variables,
            new StrictUnknownKeys(TollgateFormat.Root.Settings),
            problems
        );
        binder.Bind(TollgateFormat.Root, draft, root, binder.Root);
        return TollgateKeys(draft);
    }

    private static FileContents ReadLiteLlm(string path, YamlMap root, VariableSet variables, ProblemList problems)
    {
        var draft = new LiteLlmDraft();
        var binder = new Binder(path, GetFolder(path), variables, new LiteLlmUnknownKeys(), problems);
        binder.Bind(LiteLlmFormat.Root, draft, root, binder.Root);
        var translated = new LiteLlmTranslation(draft).Translate();
        LiteLlmLimits.Translate(draft, path, problems);
        return new(translated, LiteLlmTranslation.FindProvider);
    }

    private static YamlPair? ReportMixedFormats(YamlMap root)
    {
        foreach (var pair in root.Pairs)
            if (TollgateFormat.Root.Find(pair.Key) is not null)
                return pair;
        return null;
    }

    private static VariableSource ReadVariables(string path, YamlMap root, VariableSet variables)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        if (root.Find(LiteLlmFormat.VariablesKey) is YamlMap map)
            foreach (var pair in map.Pairs)
                if (
                    pair.Value is YamlScalar { IsNull: false } scalar
                    && VariableExpander.Expand(scalar.Text, variables).Text is { } text
                )
                    values[pair.Key] = text;
        return new VariableSource(path, values);
    }

    private static string GetFolder(string path) => Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/";
}
