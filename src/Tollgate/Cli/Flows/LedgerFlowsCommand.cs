using System.CommandLine;
using Tollgate.Cli.Parsing;
using Tollgate.Operations.Flows;

namespace Tollgate.Cli.Flows;

/// <summary>
/// <c>tollgate flows ledger</c>: runs the same analysis on the ledger, with each call as a flow at its recorded cost.
/// </summary>
internal sealed class LedgerFlowsCommand
{
    private readonly TimeProvider _time;
    private readonly Option<string> _by = new("--by")
    {
        Description = "The grouping of calls; type is the application, org_id the project.",
        DefaultValueFactory = static _ => "type",
    };
    private readonly Option<string?> _from = new("--from")
    {
        Description = "The first day or time, such as 2026-11-01 (UTC).",
        HelpName = "DATE",
    };
    private readonly Option<string?> _to = new("--to")
    {
        Description = "The last day (inclusive) or the end time (exclusive).",
        HelpName = "DATE",
    };
    private readonly Option<string?> _data = CommonOptions.Data();
    private readonly FlowAnalysisOptions _question = new();
    private readonly FlowOutputOptions _output = new(hasRounded: false);

    private LedgerFlowsCommand(TimeProvider time)
    {
        _time = time;
        _by.AcceptOnlyFromAmong([.. FlowOperations.LedgerGroups]);
        _from.Validators.Add(Dates.Check);
        _to.Validators.Add(Dates.Check);
    }

    public static Command Create(TimeProvider time)
    {
        var flows = new LedgerFlowsCommand(time);
        var command = new Command("ledger", "Analyze the calls in the ledger the same way, at their recorded cost.")
        {
            flows._from,
            flows._to,
            flows._by,
            flows._data,
        };
        flows._question.AddTo(command);
        flows._output.AddTo(command);
        command.SetAction(flows.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var workspace = parsed.OpenWorkspace(_data, _time);
        var flows = new FlowOperations(workspace);
        var report = await flows.AnalyzeLedgerAsync(
            Dates.Period(parsed.GetValue(_from), parsed.GetValue(_to)),
            parsed.GetRequiredValue(_by),
            _question.Read(parsed, flows),
            _question.HasPrices(parsed),
            cancellationToken
        );
        _output.Write(parsed, report, _question.Zone(parsed), cancellationToken);
        return ExitCodes.Success;
    }
}
