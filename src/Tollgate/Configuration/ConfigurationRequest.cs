using System.Collections;
using Tollgate.Accounting.Stores;

namespace Tollgate.Configuration;

/// <summary>The places in which a configuration is searched.</summary>
internal sealed record ConfigurationRequest
{
    /// <summary><c>--config</c>.</summary>
    public string? ConfigFile { get; init; }

    /// <summary><c>--urls</c>.</summary>
    public string? Urls { get; init; }

    /// <summary><c>--data</c>.</summary>
    public string? Data { get; init; }

    /// <summary>The folder that the command runs in.</summary>
    public required string WorkingFolder { get; init; }

    /// <summary>The variables of the process.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>The data folder if none is configured.</summary>
    public required string DefaultDataFolder { get; init; }

    /// <summary>The time whose prices determine which provider sells a model.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>The flags and environment of this process.</summary>
    public static ConfigurationRequest FromProcess(TimeProvider clock) =>
        new()
        {
            WorkingFolder = Directory.GetCurrentDirectory(),
            Environment = GetProcessVariables(),
            DefaultDataFolder = LedgerOptions.UserFolder,
            Now = clock.GetUtcNow(),
        };

    private static Dictionary<string, string> GetProcessVariables()
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry pair in System.Environment.GetEnvironmentVariables())
            variables[(string)pair.Key] = (string?)pair.Value ?? "";
        return variables;
    }

    public override string ToString() => nameof(ConfigurationRequest);
}
