using System.CommandLine;
using Tollgate.Accounting.AuditTrail;
using Tollgate.Cli.Rendering;
using Tollgate.Configuration;
using Tollgate.Configuration.Locations;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Cli.Parsing;

/// <summary>The workspace of a command, and its errors.</summary>
internal static class CommandWorkspace
{
    /// <summary>The person at the command line, for the audit trail.</summary>
    public static Actor Operator => new(ActorKind.Operator, Environment.UserName);

    /// <summary>Opens the workspace of the data folder that <c>--data</c> names; the caller disposes of it.</summary>
    /// <exception cref="InvalidDataException">The configuration cannot be read.</exception>
    public static Workspace OpenWorkspace(this ParseResult parsed, Option<string?> data, TimeProvider time) =>
        Open(parsed, parsed.GetValue(data), time);

    /// <summary>Opens the workspace of the default data folder; the caller disposes of it.</summary>
    /// <exception cref="InvalidDataException">The configuration cannot be read.</exception>
    public static Workspace OpenDefault(ParseResult parsed, TimeProvider time) => Open(parsed, null, time);

    private static Workspace Open(ParseResult parsed, string? dataFlag, TimeProvider time) =>
        WorkspaceLocation.FromSettings(
            WorkspaceLocation.ReadSettings(ConfigurationRequest.FromProcess(time), dataFlag),
            time,
            new WarningLog(parsed.InvocationConfiguration.Error)
        );

    /// <summary>Reports an error of the use case.</summary>
    public static async Task<int> FailAsync(this ParseResult parsed, string message, int code = ExitCodes.Failed)
    {
        await parsed.InvocationConfiguration.Error.WriteLineAsync($"tollgate: {message}");
        return code;
    }

    /// <summary>Reports entries that cannot be read.</summary>
    public static async Task WarnAsync(this ParseResult parsed, IReadOnlyList<string> problems)
    {
        foreach (var problem in problems)
            await parsed.InvocationConfiguration.Error.WriteLineAsync($"tollgate: warning: {problem}");
    }
}
