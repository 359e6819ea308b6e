using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;
using Tollgate.Operations.Simulations.Scenarios;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Operations.Simulations.WhatIf;

/// <summary>Compares the cost of the ledger's calls with what they would have cost otherwise.</summary>
/// <param name="workspace">The ledger and the prices.</param>
public sealed class WhatIfOperations(Workspace workspace)
{
    /// <summary>Prices the calls of a period under other conditions.</summary>
    /// <exception cref="OperationException">Nothing changes, the cache rate is out of range, or the period has no
    /// call.</exception>
    public async Task<WhatIfReport> RepriceAsync(
        WhatIfQuestion question,
        UsagePeriod period,
        CancellationToken cancellationToken
    )
    {
        if (question is { Provider: null, Model: null, CacheRate: null, PricesAt: null })
            throw new OperationException(
                OperationError.Invalid,
                "No change was specified: name a provider, a model, a cache rate or a day of prices."
            );
        if (question.CacheRate is { } rate)
            FieldRules.RequireRange("cache_rate", rate, 0, 1);
        var pricer = new WhatIfPricer(workspace.Prices, question);
        var report = new WhatIfReport();
        await foreach (var record in ReadAsync(period, cancellationToken))
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

        return report.Rows.Count == 0 ? throw CollectedUsage.CreateNoCallsException(period) : report;
    }

    /// <summary>Computes what the plans of a file would have charged for the calendar months of a period.</summary>
    /// <exception cref="OperationException">The file is invalid, or the period has no call.</exception>
    public async Task<PlanChargeReport> ChargeAsync(
        string plansFile,
        UsagePeriod period,
        CancellationToken cancellationToken
    )
    {
        var plans = new ScenarioFile(new ModelRates(workspace.Prices, workspace.Now)).ReadPlans(plansFile);
        var bill = new PlanBill();
        var calls = 0L;
        var withoutCost = new HashSet<CallId>();
        await foreach (var record in ReadAsync(period, cancellationToken))
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

        return calls == 0
            ? throw CollectedUsage.CreateNoCallsException(period)
            : new PlanChargeReport([.. plans.SelectMany(bill.Charge)], withoutCost.Count);
    }

    private IAsyncEnumerable<UsageRecord> ReadAsync(UsagePeriod period, CancellationToken cancellationToken) =>
        workspace
            .OpenQuery()
            .ReadAsync(new UsageSelection { Period = period, Order = UsageOrder.OldestFirst }, cancellationToken);
}

/// <summary>The charges of plans.</summary>
/// <param name="Charges">The charges by plan, month and account.</param>
/// <param name="WithoutCost">The number of calls without a recorded cost, which the costs do not include.</param>
public sealed record PlanChargeReport(IReadOnlyList<PlanCharge> Charges, long WithoutCost);
