using System.CommandLine;
using Tollgate.Cli;
using Tollgate.Cli.Parsing;

namespace Tollgate.Testing.Gateways;

/// <summary>A command that has ended, run in this process or in its own, with what it printed.</summary>
public sealed record CommandRun(int ExitCode, string Output, string Error)
{
    public static async Task<CommandRun> RunAsync(Command command, params string[] arguments)
    {
        var (output, error) = (new StringWriter { NewLine = "\n" }, new StringWriter { NewLine = "\n" });
        var parsed = command.Parse(arguments);
        foreach (var problem in parsed.Errors)
            error.WriteLine(problem.Message);
        if (parsed.Errors.Count > 0)
            return new CommandRun(ExitCodes.UsageError, "", error.ToString());
        var exitCode = await CommandLine.InvokeAsync(
            parsed,
            new InvocationConfiguration
            {
                Output = output,
                Error = error,
                EnableDefaultExceptionHandler = false,
            },
            TestContext.Current.CancellationToken
        );
        return new CommandRun(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>
    /// Runs a command line of <c>tollgate</c> in this process, much faster than in one of its own; a published program
    /// always runs in its own.
    /// </summary>
    public static Task<CommandRun> RunProgramAsync(params string[] arguments) =>
        ProgramUnderTest.IsPublished
            ? GatewayProcess.RunAsync(arguments)
            : RunAsync(AllCommands.Create(TimeProvider.System).RootFor(arguments), arguments);

    /// <summary>Checks that the command succeeded, and returns its output.</summary>
    public string ShouldSucceed()
    {
        ExitCode.ShouldBe(0, Output + Error);
        return Output.Trim();
    }

    /// <summary>The cells of CSV that has no quotes, without the titles.</summary>
    public string[][] Rows =>
        [.. Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(static line => line.Split(','))];
}
