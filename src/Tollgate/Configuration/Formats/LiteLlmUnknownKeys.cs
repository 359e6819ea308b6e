using System.Collections.Frozen;
using Tollgate.Configuration.Declaration;
using Tollgate.Operations.Yaml;

namespace Tollgate.Configuration.Formats;

/// <summary>
/// Unused keys of an imported format are listed as warnings; but a key that restricts access or caps spending is an
/// error, because ignoring it would open the gateway.
/// </summary>
internal sealed class LiteLlmUnknownKeys : IUnknownKeyHandler
{
    private static readonly FrozenSet<string> AccessTerms = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "auth",
        "oauth",
        "oauth2",
        "jwt",
        "jwtauth",
        "sso"
    );

    private static readonly FrozenSet<string> AccessKeys = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "master_key",
        "allowed_ips",
        "allowed_routes",
        "admin_only_routes",
        "blocked_user_list",
        "enforce_user_param",
        "key_generation_settings",
        "custom_key_generate",
        "default_key_generate_params",
        "upperbound_key_generate_params",
        "virtual_keys"
    );

    private static readonly FrozenSet<string> LimitTerms = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "budget",
        "budgets",
        "limit",
        "limits",
        "quota"
    );

    private static readonly FrozenSet<string> LimitKeys = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "max_parallel_requests",
        "global_max_parallel_requests"
    );

    public void Handle(YamlPair pair, ConfigPath location, IReadOnlyList<Setting> siblings)
    {
        if (pair.Value.IsNull)
            return;
        if (DescribeDanger(pair, location) is { } danger)
            location.Error(pair.Position, danger);
        else if (!HandleNested(pair.Value, location))
            location.Warn(pair.Position, DescribeUnused(pair.Key));
    }

    /// <summary>Searches nested values for such keys, and returns whether one was found.</summary>
    private static bool HandleNested(YamlValue value, ConfigPath location)
    {
        var found = false;
        if (value is YamlList list)
            for (var i = 0; i < list.Items.Count; i++)
                found |= HandleNested(list.Items[i], location.Item(i));
        if (value is not YamlMap map)
            return found;
        foreach (var pair in map.Pairs)
        {
            var child = location.Key(pair.Key);
            var danger = DescribeDanger(pair, child);
            if (danger is not null)
                child.Error(pair.Position, danger);
            found |= danger is not null || HandleNested(pair.Value, child);
        }

        return found;
    }

    private static string? DescribeDanger(YamlPair pair, ConfigPath location)
    {
        if (IsOff(pair.Value))
            return null;
        var words = pair.Key.Split('_', '-');
        if (AccessKeys.Contains(pair.Key) || words.Any(AccessTerms.Contains))
            return $"'{pair.Key}' controls access, and Tollgate does not read that from this file. Create keys with "
                + $"'tollgate keys create', then remove this line.";
        var isWithinLimits =
            location.Path.StartsWith("rate_limits[", StringComparison.Ordinal)
            || location.Path.StartsWith("budget.", StringComparison.Ordinal);
        if (LimitKeys.Contains(pair.Key) || words.Any(LimitTerms.Contains) || isWithinLimits)
            return $"'{pair.Key}' caps spending or requests, and Tollgate would not enforce it. Remove this line if "
                + $"you can do without it, and give each user their own key ('tollgate keys create').";
        return null;
    }

    /// <summary>An empty value, or a switch that is off, protects nothing.</summary>
    private static bool IsOff(YamlValue value) =>
        value.IsNull
        || value
            is YamlScalar { Text: "false" or "False" or "no" or "off" }
                or YamlMap { Pairs.Count: 0 }
                or YamlList { Items.Count: 0 };

    private static string DescribeUnused(string key)
    {
        if (key.Contains("_cost", StringComparison.Ordinal))
            return $"'{key}' is not used: prices belong in prices.json of the data folder.";
        if (key.Contains("timeout", StringComparison.Ordinal))
            return $"'{key}' is not used: request_timeout applies to all deployments.";
        return $"'{key}' is not used.";
    }
}
