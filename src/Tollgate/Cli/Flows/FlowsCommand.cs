using System.CommandLine;
using Tollgate.Cli.Parsing;
using Tollgate.Operations.Flows;

namespace Tollgate.Cli.Flows;

/// <summary>
/// <c>tollgate flows</c>: computes the cost of flows by type, and the minute with the highest token throughput.
/// </summary>
internal sealed class FlowsCommand
{
    private readonly Argument<string[]> _files = new("FILE")
    {
        Description = "CSV files, including .gz and patterns such as 'data/*.csv', or - for standard input.",
        Arity = ArgumentArity.ZeroOrMore,
    };
    private readonly FlowFileOptions _file = new();
    private readonly FlowAnalysisOptions _question = new();
    private readonly FlowOutputOptions _output = new(hasRounded: true);

    private readonly TimeProvider _time;

    private FlowsCommand(TimeProvider time) => _time = time;

    public static Command Create(TimeProvider time)
    {
        var flows = new FlowsCommand(time);
        var command = new Command(
            "flows",
            "Analyze the flows in CSV files: cost percentiles by type, and the minute with peak token throughput."
        )
        {
            flows._files,
        };
        flows._file.AddTo(command);
        flows._question.AddTo(command);
        flows._output.AddTo(command);
        command.Add(GenerateFlowsCommand.Create());
        command.Add(LedgerFlowsCommand.Create(time));
        command.SetAction(flows.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var paths = parsed.GetValue(_files) ?? [];
        if (paths.Length == 0 && !Console.IsInputRedirected)
        {
            await parsed.InvocationConfiguration.Error.WriteLineAsync(
                "tollgate: Name a CSV file, or pipe one in. See 'tollgate flows --help'."
            );
            return ExitCodes.UsageError;
        }

        await using var workspace = CommandWorkspace.OpenDefault(parsed, _time);
        using var progress = FlowProgress.Start(paths, _time);
        using var rounded = _output.OpenRounded(parsed, paths);
        var options = _file.Read(parsed, _question.Read(parsed, new FlowOperations(workspace))) with
        {
            Rounded = rounded,
            Progress = progress,
        };
        var report = await FlowOperations.AnalyzeAsync(
            FlowFiles.Find(paths, Console.OpenStandardInput),
            options,
            cancellationToken
        );
        progress?.Dispose();
        _output.Write(parsed, report, _question.Zone(parsed), cancellationToken);
        return ExitCodes.Success;
    }
}
