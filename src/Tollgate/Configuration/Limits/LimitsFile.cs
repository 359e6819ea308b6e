using Tollgate.Configuration.Declaration;
using Tollgate.Configuration.Variables;
using Tollgate.Metering;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Text;
using Tollgate.Operations.Problems;
using Tollgate.Operations.Yaml;

namespace Tollgate.Configuration.Limits;

/// <summary>
/// Reads a <c>limits.yaml</c>: <c>global: {daily_tokens: 100000}</c>, <c>models: {gpt-4: {hourly_requests: 50}}</c>,
/// and
/// likewise for users, projects, callers and every other dimension of a scope.
/// </summary>
internal static class LimitsFile
{
    private const string GlobalKey = "global";

    private static readonly (string Key, LimitDimension Dimension)[] Sections =
    [
        ("models", LimitDimension.Model),
        ("users", LimitDimension.User),
        ("projects", LimitDimension.Project),
        ("callers", LimitDimension.Application),
        ("applications", LimitDimension.Application),
        ("keys", LimitDimension.Key),
        ("teams", LimitDimension.Team),
        ("organizations", LimitDimension.Organization),
        ("providers", LimitDimension.Provider),
        ("tags", LimitDimension.Tag),
    ];

    /// <summary>Returns the file's limits. Errors are added to the problems.</summary>
    public static IReadOnlyList<Limit> Read(string path, VariableSet variables, ProblemList problems)
    {
        var limits = new List<Limit>();
        if (
            ConfigurationTextFile.Read(path, problems) is not { } text
            || YamlFile.Parse(path, text, problems) is not { IsNull: false } root
        )
            return limits;
        var location = new Binder(
            path,
            Path.GetDirectoryName(path) ?? "/",
            variables,
            new StrictUnknownKeys([]),
            problems
        ).Root;
        foreach (var pair in Pairs(root, location))
        {
            var child = location.Key(pair.Key);
            if (pair.Key == GlobalKey)
                ReadLimits(pair.Value, LimitScope.Global, limits, child);
            else if (Array.Find(Sections, section => section.Key == pair.Key) is { Key: not null } section)
                ReadNames(pair.Value, section.Dimension, limits, child);
            else
                child.Error(pair.Position, Unknown(pair.Key));
        }

        return limits;
    }

    private static string Unknown(string key)
    {
        string[] known = [GlobalKey, .. Sections.Select(static section => section.Key)];
        return $"'{key}' is not a section of limits. "
            + (
                NameSuggestion.FindNearest(key, known) is { } near
                    ? $"Did you mean '{near}'?"
                    : $"Known: {string.Join(", ", known)}."
            );
    }

    private static void ReadNames(YamlValue value, LimitDimension dimension, List<Limit> limits, ConfigPath location)
    {
        foreach (var pair in Pairs(value, location))
        {
            var child = location.Key(pair.Key);
            if (string.IsNullOrWhiteSpace(pair.Key))
                child.Error(pair.Position, "This name is blank.");
            else
                ReadLimits(
                    pair.Value,
                    LimitScope.Create(new ScopeTerm(dimension, pair.Key == LimitScopeText.Wildcard ? null : pair.Key)),
                    limits,
                    child
                );
        }
    }

    private static void ReadLimits(YamlValue value, LimitScope scope, List<Limit> limits, ConfigPath location)
    {
        foreach (var pair in Pairs(value, location))
        {
            var child = location.Key(pair.Key);
            try
            {
                var amount =
                    pair.Value.IsNull ? LimitText.None
                    : child.Binder.Expand(pair.Value, child) is not { } expanded ? null
                    : expanded.Text
                        ?? throw new FormatException(
                            $"{string.Join(" and ", expanded.Unset)} is not set, so this limit is undefined."
                        );
                if (amount is null)
                    continue;
                var limit = LimitText.Parse($"{pair.Key}={amount}").ToLimit(scope);
                if (limits.Exists(other => other.Id == limit.Id))
                    child.Error(pair.Position, $"The limit '{limit.Id}' is defined twice. Keep one.");
                else
                    limits.Add(limit);
            }
            catch (FormatException exception)
            {
                child.Error(pair.Position, exception.Message);
            }
        }
    }

    private static IReadOnlyList<YamlPair> Pairs(YamlValue value, ConfigPath location)
    {
        if (value is YamlMap map)
            return map.Pairs;
        if (!value.IsNull)
            location.Error(value.Position, $"Expected a mapping, found {value.Kind}.");
        return [];
    }
}
