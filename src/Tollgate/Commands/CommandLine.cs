using System.CommandLine;
using System.Data.Common;
using Tollgate.Accounting.Ledger;
using Tollgate.Hosting;

namespace Tollgate.Commands;

/// <summary>Runs a command, and turns what goes wrong into one line and an exit code.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(RootCommand root, string[] args)
    {
        var parsed = root.Parse(args);
        var invocation = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            // The gate has its own deadline for running answers; the parser's two seconds would cut them off.
            ProcessTerminationTimeout = TimeSpan.FromHours(1),
        };
        try
        {
            var exitCode = await parsed.InvokeAsync(invocation);
            return parsed.Errors.Count > 0 ? ExitCodes.WrongUsage : exitCode;
        }
        catch (Exception fault) when (IsExpected(fault))
        {
            await Console.Error.WriteLineAsync($"tollgate: {fault.Message}");
            return ExitCodes.Failed;
        }
        catch (OperationCanceledException)
        {
            return ExitCodes.Failed;
        }
    }

    /// <summary>What the environment or the user can cause; anything else is a bug and shows its stack.</summary>
    private static bool IsExpected(Exception fault) =>
        fault is GateRefusedException or LedgerSchemaException or IOException or UnauthorizedAccessException or InvalidDataException or ArgumentException or DbException;
}
