using Tollgate.Configuration.Variables;
using Tollgate.Configuration.Yaml;

namespace Tollgate.Configuration;

/// <summary>Limits that are read and kept, but enforced only from the limits engine on. Nobody may take them for a lock.</summary>
internal static class NotEnforcedYet
{
    private const string Because = "read and kept, but enforced only from the limits engine on, which this version does not have.";

    private static readonly string[] Limits = ["MAX_REQUESTS_PER_MINUTE", "MAX_TOKENS_PER_MINUTE", "MAX_COST_PER_REQUEST", "DAILY_SPENDING_LIMIT"];

    /// <summary>Names the sections of a file that do not take effect.</summary>
    public static void Report(GateDraft gate, string file, YamlMap root, ProblemList problems)
    {
        foreach (var pair in root.Pairs)
            if (pair.Key is "rate_limits" or "budget" && !pair.Value.IsNull)
                problems.Warn(YamlFile.Place(file, pair.Position), pair.Key, $"'{pair.Key}' is {Because}");
        foreach (var rule in gate.RateLimits.Where(rule => !gate.Models.Exists(model => model.Name == rule.Model)))
            problems.Warn(file, "rate_limits", $"The rate limit of '{rule.Model}' is for no model of the list.");
    }

    /// <summary>Names the variables that do not take effect.</summary>
    public static void Report(VariableSet variables, ProblemList problems)
    {
        foreach (var origin in Limits.Where(name => variables.Find(name) is not null).GroupBy(variables.Origin))
            problems.Warn(origin.Key, "", $"{string.Join(", ", origin)}: {Because}");
    }
}
