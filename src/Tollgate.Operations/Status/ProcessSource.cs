using Tollgate.Accounting.Registry;
using Tollgate.Operations.Providers;

namespace Tollgate.Operations.Status;

/// <summary>The process that serves the use cases, as far as they cannot see it themselves.</summary>
public sealed record ProcessSource
{
    /// <summary>The version of the program, such as <c>0.1.0</c>.</summary>
    public required string Version { get; init; }

    /// <summary>When it started.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The parts that it serves: <c>gateway</c>, <c>api</c>.</summary>
    public required IReadOnlyList<string> Parts { get; init; }

    /// <summary>Lists the settings in force, without secrets.</summary>
    public required Func<IReadOnlyList<SettingDetails>> ListSettings { get; init; }

    /// <summary>Reads the health of the registry.</summary>
    public required Func<RegistryHealth> ReadRegistryHealth { get; init; }

    /// <summary>Waits until this process has seen the changes of the registry made so far.</summary>
    public required Func<CancellationToken, Task> CatchUpAsync { get; init; }

    /// <summary>The providers of the gateway.</summary>
    public required ProviderSource Providers { get; init; }
}
