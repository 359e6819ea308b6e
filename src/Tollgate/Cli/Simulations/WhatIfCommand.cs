using System.CommandLine;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Usage;
using Tollgate.Cli.Parsing;
using Tollgate.Cli.Rendering;
using Tollgate.Configuration.Locations;
using Tollgate.Metering.Usage;
using Tollgate.Operations.Simulations.Scenarios;

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
        "SHARE",
        0,
        1
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
            var priced =
                (
                    result.GetResult(whatIf._model)
                    ?? result.GetResult(whatIf._provider)
                    ?? result.GetResult(whatIf._cacheRate)
                    ?? result.GetResult(whatIf._pricesAt)
                )
                is not null;
            var planned = result.GetResult(whatIf._plan) is not null;
            if (priced == planned)
                result.AddError("Specify a change: --model, --provider, --cache-rate or --prices-at, or --plan alone.");
        });
        command.SetAction(whatIf.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var options = parsed.ResolveLedger(_period.Data);
        var (query, period) = (UsageLedger.OpenReadOnly(options), _period.Read(parsed));
        var records = query.ReadAsync(
            new UsageSelection { Period = period, Order = UsageOrder.OldestFirst },
            cancellationToken
        );
        var book = LedgerLocation.Prices(options);
        if (parsed.GetValue(_plan) is { } plan)
            return await PlanAsync(
                parsed,
                records,
                period,
                new ScenarioFile(new ModelRates(book, _time.GetUtcNow())),
                plan,
                cancellationToken
            );
        var pricer = new WhatIfPricer(
            book,
            new WhatIfQuestion(
                parsed.GetValue(_provider),
                parsed.GetValue(_model),
                parsed.GetValue(_cacheRate),
                Dates.Period(parsed.GetValue(_pricesAt), null).From
            )
        );
        var report = new WhatIfReport();
        await foreach (var record in records.WithCancellation(cancellationToken))
        {
            if (record.Corrects is not null)
                report.Correct(record);
            else if (record.UsageSource == UsageSource.Missing)
                report.Add(record, record.Cost, null);
            else
            {
                var (cost, unpriced) = pricer.Price(record);
                report.Add(record, cost, unpriced, pricer.GetPricingDay(record));
            }
        }

        if (report.Rows.Count == 0)
            throw CollectedUsage.CreateNoCallsException(period);
        Print(parsed, report);
        var total = report.Total();
        return total.Unpriced > 0 && total.Unpriced == total.Calls ? ExitCodes.Failed : ExitCodes.Success;
    }

    private void Print(ParseResult parsed, WhatIfReport report)
    {
        string[] titles =
        [
            "project",
            "user",
            "calls",
            "tokens",
            "cost_usd",
            "whatif_usd",
            "difference_usd",
            "unpriced",
        ];
        new ResultTable(
            titles,
            report
                .Rows.Append(report.Total())
                .Select(
                    (row, place) =>
                        (object?[])
                            [
                                place == report.Rows.Count ? "(all)" : row.Project,
                                row.User,
                                row.Calls,
                                row.Tokens,
                                row.Cost.Usd,
                                row.HypotheticalCost.Usd,
                                row.Difference,
                                row.Unpriced,
                            ]
                )
        ).Print(
            parsed.InvocationConfiguration.Output,
            parsed.GetValue(_format)!,
            "Actual and hypothetical cost, in USD"
        );
        var error = parsed.InvocationConfiguration.Error;
        foreach (var (reason, unpriced) in report.Unpriced)
            error.WriteLine(
                $"Unpriced: {unpriced.Calls} calls, not included in whatif_usd: {ResultTable.Printable(reason)} "
                    + $"{unpriced.DescribeDays}."
            );
        if (report.RecordedWithoutCost > 0)
            error.WriteLine(
                $"{report.RecordedWithoutCost} calls have no recorded cost, and are not included in cost_usd. "
                    + $"'tollgate "
                    + $"prices rerate' prices them."
            );
    }

    private async Task<int> PlanAsync(
        ParseResult parsed,
        IAsyncEnumerable<UsageRecord> records,
        UsagePeriod period,
        ScenarioFile file,
        string path,
        CancellationToken cancellationToken
    )
    {
        var plans = file.ReadPlans(path);
        var bill = new PlanBill();
        var calls = 0L;
        var withoutCost = new HashSet<CallId>();
        await foreach (var record in records.WithCancellation(cancellationToken))
        {
            if (record.Corrects is { } corrected)
            {
                bill.Correct(record);
                if (record.Cost is not null)
                    withoutCost.Remove(corrected);
                continue;
            }

            calls++;
            bill.Add(record);
            if (record.Cost is null)
                withoutCost.Add(record.Id);
        }

        if (calls == 0)
            throw CollectedUsage.CreateNoCallsException(period);
        new ResultTable(
            ["plan", "month", "user", "calls", "tokens", "cost_usd", "plan_usd", "difference_usd", "refused_tokens"],
            plans
                .SelectMany(bill.Charge)
                .Select(static row =>
                    (object?[])
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
                        ]
                )
        ).Print(
            parsed.InvocationConfiguration.Output,
            parsed.GetValue(_format)!,
            "Actual and hypothetical cost, in USD per month"
        );
        await parsed.InvocationConfiguration.Error.WriteLineAsync(
            "Plans charge whole calendar months (UTC), even if the period covers only part of one."
        );
        if (withoutCost.Count > 0)
            await parsed.InvocationConfiguration.Error.WriteLineAsync(
                $"{withoutCost.Count} calls have no recorded cost, and are not included in cost_usd."
            );
        return ExitCodes.Success;
    }
}
