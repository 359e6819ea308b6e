using System.Collections;
using Tollgate.Accounting.Stores;

namespace Tollgate.Configuration;

/// <summary>Where a configuration is to be looked for.</summary>
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

    /// <summary>The data folder where nothing names one.</summary>
    public required string DefaultDataFolder { get; init; }

    /// <summary>The moment whose prices tell which provider sells a model.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>What this process was started with.</summary>
    public static ConfigurationRequest FromProcess(TimeProvider clock) =>
        new()
        {
            WorkingFolder = Directory.GetCurrentDirectory(),
            Environment = VariablesOfProcess(),
            DefaultDataFolder = LedgerOptions.UserFolder,
            Now = clock.GetUtcNow(),
        };

    private static Dictionary<string, string> VariablesOfProcess()
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry pair in System.Environment.GetEnvironmentVariables())
            variables[(string)pair.Key] = (string?)pair.Value ?? "";
        return variables;
    }

    public override string ToString() => nameof(ConfigurationRequest);
}
