using System.CommandLine;
using Tollgate.Cli.Parsing;
using Tollgate.Cli.Rendering;
using Tollgate.Operations.Simulations.WhatIf;

namespace Tollgate.Cli.Simulations;

/// <summary>
/// <c>tollgate whatif</c>: compares the cost of the ledger's calls with what they would have cost otherwise.
/// </summary>
internal sealed class WhatIfCommand
{
    private readonly TimeProvider _time;
    private readonly PeriodOptions _period = new();
    private readonly Option<string?> _model = new("--model")
    {
        Description = "Price every call as this model.",
        HelpName = "MODEL",
    };
    private readonly Option<string?> _provider = new("--provider")
    {
        Description = "Price every call at this provider's prices.",
        HelpName = "PROVIDER",
    };
    private readonly Option<decimal?> _cacheRate = CommonOptions.Number(
        "--cache-rate",
        "The share of text input read from a cache, from 0 to 1.",
        "SHARE"
    );
    private readonly Option<string?> _pricesAt = new("--prices-at")
    {
        Description = "Use the prices of this day for all calls, instead of those in effect at each call.",
        HelpName = "DATE",
    };
    private readonly Option<string?> _plan = new("--plan")
    {
        Description = "Instead, compute the monthly charges of the plans in this file.",
        HelpName = "FILE",
    };
    private readonly Option<string> _format = ReportFormat.Option();

    private WhatIfCommand(TimeProvider time)
    {
        _time = time;
        _pricesAt.Validators.Add(Dates.Check);
    }

    public static Command Create(TimeProvider time)
    {
        var whatIf = new WhatIfCommand(time);
        var command = new Command(
            "whatif",
            "Compare the cost of the ledger's calls with another model, provider, cache rate or plan."
        );
        foreach (
            var option in (Option[])
                [whatIf._model, whatIf._provider, whatIf._cacheRate, whatIf._pricesAt, whatIf._plan, whatIf._format]
        )
            command.Add(option);
        whatIf._period.AddTo(command);
        command.Validators.Add(result =>
        {
            var isPriced =
                (
                    result.GetResult(whatIf._model)
                    ?? result.GetResult(whatIf._provider)
                    ?? result.GetResult(whatIf._cacheRate)
                    ?? result.GetResult(whatIf._pricesAt)
                )
                is not null;
            if (isPriced && result.GetResult(whatIf._plan) is not null)
                result.AddError("--plan charges plans and cannot be combined with other changes.");
        });
        command.SetAction(whatIf.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var period = _period.Read(parsed);
        await using var workspace = parsed.OpenWorkspace(_period.Data, _time);
        var whatIf = new WhatIfOperations(workspace);
        if (parsed.GetValue(_plan) is { } plans)
        {
            await PrintAsync(parsed, await whatIf.ChargeAsync(plans, period, cancellationToken));
            return ExitCodes.Success;
        }

        var question = new WhatIfQuestion(
            parsed.GetValue(_provider),
            parsed.GetValue(_model),
            parsed.GetValue(_cacheRate),
            Dates.Period(parsed.GetValue(_pricesAt), null).From
        );
        var report = await whatIf.RepriceAsync(question, period, cancellationToken);
        await PrintAsync(parsed, report);
        var total = report.Total();
        return total.Unpriced > 0 && total.Unpriced == total.Calls ? ExitCodes.Failed : ExitCodes.Success;
    }

    private async Task PrintAsync(ParseResult parsed, WhatIfReport report)
    {
        new ResultTable(
            ["project", "user", "calls", "tokens", "cost_usd", "whatif_usd", "difference_usd", "unpriced"],
            report.Rows.Append(report.Total()).Select((row, place) => Row(row, isTotal: place == report.Rows.Count))
        ).Print(
            parsed.InvocationConfiguration.Output,
            parsed.GetRequiredValue(_format),
            "Actual and hypothetical cost, in USD"
        );
        var error = parsed.InvocationConfiguration.Error;
        foreach (var (reason, unpriced) in report.Unpriced)
            await error.WriteLineAsync(
                $"Unpriced: {unpriced.Calls} calls, "
                    + $"not included in whatif_usd: {ResultTable.Printable(reason)} {unpriced.DescribeDays}."
            );
        if (report.RecordedWithoutCost > 0)
            await error.WriteLineAsync(
                $"{report.RecordedWithoutCost} calls have no recorded cost, and are not included in cost_usd. "
                    + "'tollgate prices rerate' prices them."
            );
    }

    private async Task PrintAsync(ParseResult parsed, PlanChargeReport report)
    {
        new ResultTable(
            ["plan", "month", "user", "calls", "tokens", "cost_usd", "plan_usd", "difference_usd", "refused_tokens"],
            report.Charges.Select(Row)
        ).Print(
            parsed.InvocationConfiguration.Output,
            parsed.GetRequiredValue(_format),
            "Actual and hypothetical cost, in USD per month"
        );
        var error = parsed.InvocationConfiguration.Error;
        await error.WriteLineAsync(
            "Plans charge whole calendar months (UTC), even if the period covers only part of one."
        );
        if (report.WithoutCost > 0)
            await error.WriteLineAsync(
                $"{report.WithoutCost} calls have no recorded cost, and are not included in cost_usd."
            );
    }

    private static object?[] Row(WhatIfRow row, bool isTotal) =>
        [
            isTotal ? "(all)" : row.Project,
            row.User,
            row.Calls,
            row.Tokens,
            row.Cost.Usd,
            row.HypotheticalCost.Usd,
            row.Difference,
            row.Unpriced,
        ];

    private static object?[] Row(PlanCharge row) =>
        [
            row.Plan,
            row.Month,
            row.User,
            row.Calls,
            row.Tokens,
            row.Cost.Usd,
            row.Charge,
            row.Charge - row.Cost.Usd,
            row.RefusedTokens,
        ];
}
