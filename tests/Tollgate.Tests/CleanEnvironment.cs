using System.Runtime.CompilerServices;

namespace Tollgate.Tests;

/// <summary>
/// Removes the variables from the environment of the test process that commands and gateways in it would read.
/// </summary>
internal static class CleanEnvironment
{
    [ModuleInitializer]
    internal static void Remove()
    {
        foreach (var name in Environment.GetEnvironmentVariables().Keys.Cast<string>().ToList())
            if (
                name.EndsWith("_API_KEY", StringComparison.Ordinal)
                || name.EndsWith("DATABASE_URL", StringComparison.Ordinal)
                || name == "TOLLGATE_HOME"
            )
                Environment.SetEnvironmentVariable(name, null);
    }
}
