using System.CommandLine;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Usage;
using Tollgate.Cli.Parsing;
using Tollgate.Cli.Rendering;
using Tollgate.Configuration.Locations;
using Tollgate.Metering.Usage;
using Tollgate.Scenarios;

namespace Tollgate.Cli.Simulations;

/// <summary>
/// <c>tollgate whatif</c>: what the ledger's calls would have cost otherwise, beside what they did cost.
/// </summary>
internal sealed class WhatIfCommand
{
    private readonly TimeProvider _time;
    private readonly PeriodOptions _period = new();
    private readonly Option<string?> _model = new("--model")
    {
        Description = "Every call by this model.",
        HelpName = "MODEL",
    };
    private readonly Option<string?> _provider = new("--provider")
    {
        Description = "Every call at this provider's prices.",
        HelpName = "PROVIDER",
    };
    private readonly Option<decimal?> _cacheRate = CommonOptions.Number(
        "--cache-rate",
        "This share of text input read from a cache, from 0 to 1.",
        "SHARE",
        0,
        1
    );
    private readonly Option<string?> _pricesAt = new("--prices-at")
    {
        Description = "The prices of this day for all calls, instead of those that held at each.",
        HelpName = "DATE",
    };
    private readonly Option<string?> _plan = new("--plan")
    {
        Description = "The monthly charges of the plans in this file, instead.",
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
            "Price the ledger's calls otherwise: by another model, provider, cache rate or plan, beside what they cost."
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
                result.AddError(
                    "Say what is otherwise: --model, --provider, --cache-rate or --prices-at, or else --plan alone."
                );
        });
        command.SetAction(whatIf.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var options = parsed.Ledger(_period.Data);
        var (query, period) = (UsageLedger.OpenReadOnly(options), _period.Read(parsed));
        var records = query.ReadAsync(
            new UsageSelection { Period = period, Order = UsageOrder.OldestFirst },
            cancellation
        );
        var book = LedgerLocation.Prices(options);
        if (parsed.GetValue(_plan) is { } plan)
            return await PlanAsync(
                parsed,
                records,
                period,
                new ScenarioFile(new ModelRates(book, _time.GetUtcNow())),
                plan,
                cancellation
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
        await foreach (var record in records.WithCancellation(cancellation))
        {
            if (record.Corrects is not null)
                report.Correct(record);
            else if (record.UsageSource == UsageSource.Missing)
                report.Add(record, record.Cost, null);
            else
            {
                var (cost, unpriced) = pricer.Price(record);
                report.Add(record, cost, unpriced, pricer.DayOf(record));
            }
        }

        if (report.Rows.Count == 0)
            throw CollectedUsage.NoCalls(period);
        Print(parsed, report);
        var total = report.Total();
        return total.Unpriced > 0 && total.Unpriced == total.Calls ? ExitCodes.Failed : ExitCodes.Done;
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
        new Listing(
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
                                row.Imagined.Usd,
                                row.Difference,
                                row.Unpriced,
                            ]
                )
        ).Print(
            parsed.InvocationConfiguration.Output,
            parsed.GetValue(_format)!,
            "What it cost and would have cost, in USD"
        );
        var error = parsed.InvocationConfiguration.Error;
        foreach (var (reason, unpriced) in report.Unpriced)
            error.WriteLine(
                $"Unpriced: {unpriced.Calls} calls, counted as nothing in whatif_usd: {Listing.Printable(reason)} "
                    + $"{unpriced.When}."
            );
        if (report.BookedWithoutCost > 0)
            error.WriteLine(
                $"{report.BookedWithoutCost} calls are booked without a cost, and count as nothing in cost_usd. "
                    + $"'tollgate prices rerate' prices them."
            );
    }

    private async Task<int> PlanAsync(
        ParseResult parsed,
        IAsyncEnumerable<UsageRecord> records,
        UsagePeriod period,
        ScenarioFile file,
        string path,
        CancellationToken cancellation
    )
    {
        var plans = file.ReadPlans(path);
        var bill = new PlanBill();
        var calls = 0L;
        var withoutCost = new HashSet<CallId>();
        await foreach (var record in records.WithCancellation(cancellation))
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
            throw CollectedUsage.NoCalls(period);
        new Listing(
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
                            row.Refused,
                        ]
                )
        ).Print(
            parsed.InvocationConfiguration.Output,
            parsed.GetValue(_format)!,
            "What it cost and would have cost, in USD a month"
        );
        await parsed.InvocationConfiguration.Error.WriteLineAsync(
            "Plans charge whole calendar months (UTC), also where the period has only a part of one."
        );
        if (withoutCost.Count > 0)
            await parsed.InvocationConfiguration.Error.WriteLineAsync(
                $"{withoutCost.Count} calls are booked without a cost, and count as nothing in cost_usd."
            );
        return ExitCodes.Done;
    }
}
