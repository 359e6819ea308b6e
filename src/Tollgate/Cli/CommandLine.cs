using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;
using System.Data.Common;
using Tollgate.Accounting;
using Tollgate.Accounting.Stores;
using Tollgate.Analytics.Flows;
using Tollgate.Cli.Parsing;
using Tollgate.Cli.Rendering;
using Tollgate.Hosting;

namespace Tollgate.Cli;

/// <summary>Runs a command, and turns what goes wrong into one line and an exit code.</summary>
internal static class CommandLine
{
    /// <summary>
    /// A gate has its own deadline for running answers. Any other command that does not end soon after Ctrl-C is ended.
    /// </summary>
    private static readonly string[] Serving = ["serve", "demo", "upstream"];

    public static async Task<int> RunAsync(RootCommand root, string[] args)
    {
        var parsed = root.Parse(args);
        var invocation = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = Serving.Contains(parsed.CommandResult.Command.Name)
                ? TimeSpan.FromHours(1)
                : TimeSpan.FromSeconds(10),
        };
        if (parsed.Errors.Count > 0 && !IsSuggestion(root, parsed))
            return await RefuseAsync(parsed);
        try
        {
            return await parsed.InvokeAsync(invocation);
        }
        catch (WrongUsageException wrong)
        {
            await Console.Error.WriteLineAsync($"tollgate: {wrong.Message}");
            return ExitCodes.WrongUsage;
        }
        catch (Exception fault) when (IsExpected(fault))
        {
            await Console.Error.WriteLineAsync(
                $"tollgate: {Listing.Printable(Message(fault).ReplaceLineEndings(" "))}"
            );
            return ExitCodes.Failed;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("tollgate: stopped before it was done.");
            return ExitCodes.Failed;
        }
    }

    /// <summary>A shell asks how half a command line could go on: that it is not whole is no error.</summary>
    private static bool IsSuggestion(RootCommand root, ParseResult parsed) =>
        root.Directives.OfType<SuggestDirective>().Any(directive => parsed.GetResult(directive) is not null);

    /// <summary>One line that says what is wrong and where help is, not the whole help.</summary>
    private static async Task<int> RefuseAsync(ParseResult parsed)
    {
        var command = new List<string>();
        for (var at = parsed.CommandResult; at is not null; at = at.Parent as CommandResult)
            command.Insert(0, at.Command is RootCommand ? "tollgate" : at.Command.Name);
        var name = string.Join(' ', command);
        await Console.Error.WriteLineAsync(
            $"tollgate: {ParseProblem.Of(parsed.Errors[0].Message, (parsed.Errors[0].SymbolResult as OptionResult)?.Option.Name)}. See '{name} --help'."
        );
        return ExitCodes.WrongUsage;
    }

    /// <summary>Without the name of a parameter, which .NET adds for whoever calls methods.</summary>
    private static string Message(Exception fault) =>
        fault is ArgumentException { ParamName: { } name }
            ? fault.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal)
            : fault.Message;

    /// <summary>What the environment or the user can cause; anything else is a bug and shows its stack.</summary>
    private static bool IsExpected(Exception fault) =>
        fault
            is GateRefusedException
                or FlowFileException
                or LedgerSchemaException
                or LedgerSqlException
                or NotSupportedException
                or FormatException
                or IOException
                or UnauthorizedAccessException
                or InvalidDataException
                or ArgumentException
                or DbException;
}
