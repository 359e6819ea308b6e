using System.Globalization;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Pricing;
using Tollgate.Metering.Usage;
using Tollgate.Operations.Usage.Scopes;

namespace Tollgate.Operations.Usage.Calls;

/// <summary>Finds one call, its corrections, and the prices that were applied.</summary>
internal sealed class CallFinder(ReachableUsage usage, PriceBook prices)
{
    private static readonly UsageKind[] Kinds = Enum.GetValues<UsageKind>();

    public async Task<CallDetails> FindAsync(Guid call, CancellationToken cancellationToken)
    {
        var attempts = await usage.Query.FindAsync(call, cancellationToken);
        if (attempts.Count == 0)
            throw new OperationException(OperationError.NotFound, $"There is no call '{call}'.");
        var corrections = new List<UsageRecord>();
        foreach (var start in attempts.Select(static attempt => attempt.StartedAt).Distinct().Order())
            corrections.AddRange(await ReadCorrectionsAsync(call, start, cancellationToken));
        var totals = attempts
            .Concat(corrections)
            .Aggregate(new UsageTotals(), static (sum, record) => sum + UsageTotals.FromRecord(record));
        return new CallDetails
        {
            CallId = call,
            Attempts = [.. attempts.Select(attempt => new CallAttempt(CallEntry.Create(attempt), Price(attempt)))],
            Corrections = [.. corrections.Select(CallEntry.Create)],
            Cost = attempts.Concat(corrections).Any(static record => record.Cost is not null) ? totals.Cost : null,
            Unpriced = totals.Unpriced,
        };
    }

    /// <summary>A correction has the start of the record that it corrects, by which it is found.</summary>
    private async Task<IEnumerable<UsageRecord>> ReadCorrectionsAsync(
        Guid call,
        DateTimeOffset start,
        CancellationToken cancellationToken
    )
    {
        var corrections = await usage.Query.ListAsync(
            new UsageSelection
            {
                Period = new UsagePeriod(start, start.AddMicroseconds(1)),
                Where = [new PropertyFilter(UsageProperty.Correction)],
                Order = UsageOrder.OldestFirst,
            },
            cancellationToken
        );
        // A correction of a correction belongs to the same call.
        var ids = new HashSet<Guid> { call };
        var found = new List<UsageRecord>();
        for (var before = -1; before < found.Count;)
        {
            before = found.Count;
            foreach (var record in corrections)
                if (ids.Contains(record.Corrects!.Value.Call) && ids.Add(record.Id.Call))
                    found.Add(record);
        }

        return found;
    }

    /// <summary>The price list may have changed since, so only the price that was recorded explains the cost.</summary>
    private IReadOnlyList<PricedKind> Price(UsageRecord record)
    {
        var card = prices.Find(record.Provider, record.Model, record.StartedAt);
        if (card is null || record.CostSource is null || record.CostSource != card.PriceVersion)
            return [];
        var lines = new List<PricedKind>();
        foreach (var kind in Kinds)
        {
            var (count, tier) = (record.Usage[kind], record.ServiceTier);
            if (count != 0 && CostCalculator.UnitRate(card, kind, tier, record.Usage.InputTokens) is { } rate)
                lines.Add(
                    new PricedKind(
                        kind,
                        count,
                        rate.ToString("0.############################", CultureInfo.InvariantCulture),
                        Money.Round(count * rate)
                    )
                );
        }

        return lines;
    }
}
