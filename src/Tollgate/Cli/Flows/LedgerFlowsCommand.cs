using System.CommandLine;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Usage;
using Tollgate.Analytics.Flows;
using Tollgate.Analytics.Flows.Analysis;
using Tollgate.Cli.Parsing;
using Tollgate.Metering.Usage;

namespace Tollgate.Cli.Flows;

/// <summary>
/// <c>tollgate flows ledger</c>: runs the same analysis on the ledger, with each call as a flow at its recorded cost.
/// </summary>
internal sealed class LedgerFlowsCommand
{
    private static readonly Dictionary<string, Func<UsageRecord, string?>> Groups = new(StringComparer.Ordinal)
    {
        ["type"] = static record => record.Attribution.Application,
        ["model"] = static record => record.Model,
        ["provider"] = static record => record.Provider,
        ["org_id"] = static record => record.Attribution.Project,
        ["user_id"] = static record => record.Attribution.User,
        ["session"] = static record => record.Attribution.Session,
        ["status"] = static record => record.Outcome.ToString(),
        ["region"] = static record => Tag(record, "region="),
        ["none"] = static _ => null,
    };

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
    private readonly FlowAnalysisOptions _question;
    private readonly FlowOutputOptions _output = new(hasRounded: false);

    private LedgerFlowsCommand(TimeProvider time)
    {
        _question = new FlowAnalysisOptions(time);
        _by.AcceptOnlyFromAmong([.. Groups.Keys]);
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
        var query = UsageLedger.OpenReadOnly(parsed.ResolveLedger(_data));
        var selection = new UsageSelection
        {
            Period = Dates.Period(parsed.GetValue(_from), parsed.GetValue(_to)),
            Order = UsageOrder.OldestFirst,
        };
        var by = parsed.GetValue(_by)!;
        var options = _question.Read(parsed) with { Columns = new FlowColumns { Group = by == "none" ? null : by } };
        var isPriced = _question.HasPrices(parsed);
        var flows = query
            .ReadAsync(selection, cancellationToken)
            .ToBlockingEnumerable(cancellationToken)
            .Where(IsCall)
            .Select(record => ToFlow(record, Groups[by], isPriced));
        var report = await Task.Run(
            () => FlowAnalysis.Run("ledger", flows, isPriced ? options : options with { Prices = FlowPrices.Booked }),
            cancellationToken
        );
        _output.Write(parsed, report, _question.Zone(parsed), cancellationToken);
        return ExitCodes.Success;
    }

    /// <summary>Skips corrections, which are not calls, and attempts without usage, which are not flows.</summary>
    private static bool IsCall(UsageRecord record) =>
        record.Corrects is null && record.UsageSource != UsageSource.Missing;

    private static Flow ToFlow(UsageRecord record, Func<UsageRecord, string?> group, bool isPriced) =>
        new(
            group(record) ?? "",
            Tokens(record.Usage.InputTokens),
            Tokens(record.Usage.OutputTokens),
            record.StartedAt,
            Tag(record, FlowImport.Unfinished) is null ? record.StartedAt + record.Duration : null
        )
        {
            HasOwnCost = !isPriced,
            Cost = record.Cost?.Usd,
        };

    private static TokenAmount Tokens(long tokens) => new((Int128)tokens * TokenAmount.PerToken);

    /// <summary>Returns the part of a tag after its label.</summary>
    private static string? Tag(UsageRecord record, string beginning) =>
        record
            .Attribution.Tags?.Split(',')
            .FirstOrDefault(tag => tag.StartsWith(beginning, StringComparison.Ordinal))
            ?[beginning.Length..];
}
