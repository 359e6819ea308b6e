using Tollgate.Analytics;
using Tollgate.Analytics.Plans;
using Tollgate.Analytics.Workloads;
using Tollgate.Metering.Usage;

namespace Tollgate.Operations.Simulations.WhatIf;

/// <summary>
/// Computes what a plan would have charged for the ledger's months: real months in order, so that credit and unused
/// tokens carry over as they would have. An account is a user or the organization, depending on the plan.
/// </summary>
internal sealed class PlanBill
{
    private readonly SortedDictionary<int, Dictionary<string, UserMonthSums>> _months = [];
    private readonly Dictionary<string, double> _models = new(StringComparer.Ordinal);

    /// <summary>Adds a call, with its recorded price if there is one.</summary>
    public void Add(UsageRecord record)
    {
        var sums = GetOrAddMonth(record);
        sums.Calls++;
        if (record.Outcome == CallOutcome.Completed)
            sums.Succeeded++;
        sums.Usage += record.Usage;
        sums.Cost += record.Cost ?? Money.Zero;
        _models[record.Model] = _models.GetValueOrDefault(record.Model) + record.Usage.TotalTokens;
    }

    public void Correct(UsageRecord correction) => GetOrAddMonth(correction).Cost += correction.Cost ?? Money.Zero;

    /// <summary>The charges, month by month and account by account.</summary>
    /// <exception cref="InvalidInputException">The plan cannot charge this usage; every problem is listed.</exception>
    public IEnumerable<PlanCharge> Charge(IPricingPlan plan)
    {
        var workload = Workload();
        var check = new InputValidator();
        plan.Check(check.ForPart($"plans[{plan.Name}]"), workload);
        check.ThrowIfAny();
        var pricing = plan.Prepare(workload);
        var carried = new Dictionary<string, double[]>(StringComparer.Ordinal);
        var first = _months.Keys.First();
        var accounts = new SortedSet<string>(StringComparer.Ordinal);
        for (var month = first; month <= _months.Keys.Last(); month++)
        {
            var users = _months.GetValueOrDefault(month) ?? [];
            accounts.UnionWith(plan.ChargedPer == ChargeScope.User ? users.Keys : [""]);
            // An account keeps its contract once it has one: fees are also due in months without usage.
            foreach (var account in accounts)
            {
                UserMonthSums[] of =
                    plan.ChargedPer == ChargeScope.Organization ? [.. users.Values]
                    : users.TryGetValue(account, out var one) ? [one]
                    : [];
                if (!carried.TryGetValue(account, out var numbers))
                    carried[account] = numbers = new double[pricing.CarriedValues];
                var count = plan.ChargedPer == ChargeScope.User ? 1 : users.Count;
                yield return Charge(plan, pricing, new AccountMonth(month, month - first, account, of, count), numbers);
            }
        }
    }

    private static PlanCharge Charge(IPricingPlan plan, IPlanPricing pricing, in AccountMonth billed, double[] carried)
    {
        var of = billed.Sums;
        var (calls, succeeded) = (of.Sum(static user => user.Calls), of.Sum(static user => user.Succeeded));
        var charge = pricing.Charge(
            new UsageMonth
            {
                Month = billed.Place,
                Users = billed.Users,
                Requests = calls,
                InputTokens = of.Sum(static user => user.Usage.InputTokens),
                CachedInputTokens = of.Sum(static user => user.Usage.CachedTokens),
                OutputTokens = of.Sum(static user => user.Usage.OutputTokens),
                SuccessShare = calls > 0 ? (double)succeeded / calls : 1,
            },
            carried
        );
        return new PlanCharge(
            $"{billed.Month / 12:0000}-{(billed.Month % 12) + 1:00}",
            plan.Name,
            plan.ChargedPer == ChargeScope.User ? billed.Account : null,
            calls,
            of.Sum(static user => user.Usage.TotalTokens),
            of.Aggregate(Money.Zero, static (sum, user) => sum + user.Cost),
            decimal.Round((decimal)charge.Amount, Money.Decimals),
            (decimal)charge.RefusedTokens
        );
    }

    /// <summary>The models by their tokens, so that plans with rates for each find their shares.</summary>
    private Workload Workload()
    {
        var tokens = _models.Values.Sum();
        return tokens > 0
            ? new Workload
            {
                Models =
                [
                    .. _models
                        .OrderBy(static model => model.Key, StringComparer.Ordinal)
                        .Select(model => new ModelShare(model.Key, model.Value / tokens)),
                ],
            }
            : new Workload();
    }

    private UserMonthSums GetOrAddMonth(UsageRecord record)
    {
        var month = (record.StartedAt.UtcDateTime.Year * 12) + record.StartedAt.UtcDateTime.Month - 1;
        if (!_months.TryGetValue(month, out var users))
            _months[month] = users = new(StringComparer.Ordinal);
        var user = record.Attribution.User ?? record.Attribution.KeyId ?? "";
        if (!users.TryGetValue(user, out var sums))
            users[user] = sums = new UserMonthSums();
        return sums;
    }

    /// <summary>The usage that one account is charged for.</summary>
    /// <param name="Month">The calendar month, counted from the year 0.</param>
    /// <param name="Place">The number of months since the first one.</param>
    /// <param name="Account">The user; empty for the organization.</param>
    /// <param name="Sums">The usage of its users.</param>
    /// <param name="Users">The number of users.</param>
    private readonly record struct AccountMonth(int Month, int Place, string Account, UserMonthSums[] Sums, int Users);

    private sealed class UserMonthSums
    {
        public long Calls { get; set; }

        public long Succeeded { get; set; }

        public TokenUsage Usage { get; set; }

        public Money Cost { get; set; }
    }
}

/// <summary>The charge of a plan to an account for a month.</summary>
/// <param name="Month">The calendar month (UTC).</param>
/// <param name="Plan">The plan.</param>
/// <param name="User">The account; null for the organization.</param>
/// <param name="Calls">Calls of the month.</param>
/// <param name="Tokens">Input and output tokens.</param>
/// <param name="Cost">The recorded cost.</param>
/// <param name="Charge">The charge of the plan, in US dollars.</param>
/// <param name="RefusedTokens">Tokens that the plan would not have served.</param>
public sealed record PlanCharge(
    string Month,
    string Plan,
    string? User,
    long Calls,
    long Tokens,
    Money Cost,
    decimal Charge,
    decimal RefusedTokens
);
