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
using Tollgate.Operations;

namespace Tollgate.Cli;

/// <summary>Runs a command, and turns a failure into a one-line error and an exit code.</summary>
internal static class CommandLine
{
    /// <summary>
    /// The commands that run a gateway: they have their own shutdown deadline. Any other command is terminated soon
    /// after Ctrl-C.
    /// </summary>
    private static readonly string[] ServeCommandName = ["serve", "demo", "upstream"];

    public static async Task<int> RunAsync(RootCommand root, string[] args)
    {
        var parsed = Parse(root, args);
        var invocation = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = ServeCommandName.Contains(parsed.CommandResult.Command.Name)
                ? TimeSpan.FromHours(1)
                : TimeSpan.FromSeconds(10),
        };
        if (parsed.Errors.Count > 0 && !IsSuggestion(root, parsed))
            return await ReportParseErrorAsync(parsed);
        return await InvokeAsync(parsed, invocation);
    }

    /// <summary>
    /// Parses arguments as they are: by default, an argument such as <c>@cf/meta/llama</c> would be replaced by the
    /// contents of a file.
    /// </summary>
    public static ParseResult Parse(RootCommand root, string[] args) =>
        root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });

    /// <summary>
    /// Runs a parsed command, and turns a failure into a line on the standard error and an exit code.
    /// </summary>
    public static async Task<int> InvokeAsync(
        ParseResult parsed,
        InvocationConfiguration invocation,
        CancellationToken cancellationToken = default
    )
    {
        var error = invocation.Error;
        try
        {
            return await parsed.InvokeAsync(invocation, cancellationToken);
        }
        catch (UsageException wrong)
        {
            await error.WriteLineAsync($"tollgate: {wrong.Message}");
            return ExitCodes.UsageError;
        }
        catch (OperationException refused)
        {
            await error.WriteLineAsync($"tollgate: {RefusalFormatter.Format(refused, parsed.CommandResult.Command)}");
            return refused.Error == OperationError.Invalid ? ExitCodes.UsageError : ExitCodes.Failed;
        }
        catch (Exception exception) when (IsExpected(exception))
        {
            await error.WriteLineAsync(
                $"tollgate: {ResultTable.Printable(Message(exception).ReplaceLineEndings(" "))}"
            );
            return ExitCodes.Failed;
        }
        catch (OperationCanceledException)
        {
            await error.WriteLineAsync("tollgate: canceled before it completed.");
            return ExitCodes.Failed;
        }
    }

    /// <summary>True if a shell requests completions: an incomplete command line is not an error then.</summary>
    private static bool IsSuggestion(RootCommand root, ParseResult parsed) =>
        root.Directives.OfType<SuggestDirective>().Any(directive => parsed.GetResult(directive) is not null);

    /// <summary>Prints one line with the error and a pointer to the help, not the whole help.</summary>
    private static async Task<int> ReportParseErrorAsync(ParseResult parsed)
    {
        var command = new List<string>();
        for (var at = parsed.CommandResult; at is not null; at = at.Parent as CommandResult)
            command.Insert(0, at.Command is RootCommand ? "tollgate" : at.Command.Name);
        var name = string.Join(' ', command);
        await Console.Error.WriteLineAsync($"tollgate: {Format(parsed.Errors[0])}. See '{name} --help'.");
        return ExitCodes.UsageError;
    }

    private static string Format(ParseError error) =>
        ParseErrorFormatter.Format(error.Message, (error.SymbolResult as OptionResult)?.Option.Name);

    /// <summary>The message without the parameter name that .NET appends for developers.</summary>
    private static string Message(Exception exception) =>
        exception is ArgumentException { ParamName: { } name }
            ? exception.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal)
            : exception.Message;

    /// <summary>
    /// True for failures caused by the environment or the user; anything else is a bug and shows its stack trace.
    /// </summary>
    private static bool IsExpected(Exception exception) =>
        exception
            is GatewayStartException
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
