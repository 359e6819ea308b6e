using System.Runtime.CompilerServices;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Pricing;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Rerating;

/// <summary>
/// Prices booked records again with a price book, by corrections: a record is never edited. What differs from the
/// record's effective cost (its own and that of its corrections) becomes a record of its own that corrects it. Done
/// twice, it adds nothing.
/// </summary>
/// <remarks>
/// Memory holds the records of one microsecond, and those corrections that do not stand at the moment of what they
/// correct.
/// </remarks>
/// <param name="prices">The prices that hold now.</param>
/// <param name="time">The clock, for the tag that says when a record was corrected.</param>
public sealed class UsageRerate(PriceBook prices, TimeProvider time)
{
    private const int BatchLength = 1000;

    private readonly RecordPricer _pricer = new(prices);

    /// <summary>What a run would change; nothing is booked.</summary>
    public async Task<RerateReport> PreviewAsync(
        UsageQuery query,
        RerateScope scope,
        CancellationToken cancellation = default
    )
    {
        var report = new RerateReport();
        await foreach (var _ in CorrectionsAsync(query, scope, report, cancellation))
            report.Corrections++;
        return report;
    }

    /// <summary>Books the corrections, and says what they changed.</summary>
    /// <exception cref="LedgerUnavailableException">The ledger cannot write. What was booked by then stays; the rest
    /// follows with the next run.</exception>
    public Task<RerateReport> RunAsync(
        UsageLedger ledger,
        RerateScope scope,
        CancellationToken cancellation = default
    ) => RunAsync(ledger.Query, async batch => await ledger.AppendAsync(batch), scope, cancellation);

    /// <summary>The same for who books by himself, such as into a store without a ledger before it.</summary>
    /// <param name="query">What is asked for the records.</param>
    /// <param name="book">Books a batch, and gives the number of those that were new.</param>
    /// <param name="scope">Which records.</param>
    /// <param name="cancellation">Stops it; what was booked by then stays.</param>
    public async Task<RerateReport> RunAsync(
        UsageQuery query,
        Func<IReadOnlyList<UsageRecord>, Task<int>> book,
        RerateScope scope,
        CancellationToken cancellation = default
    )
    {
        var report = new RerateReport();
        var batch = new List<UsageRecord>(BatchLength);
        await foreach (var correction in CorrectionsAsync(query, scope, report, cancellation))
        {
            batch.Add(correction);
            if (batch.Count < BatchLength)
                continue;
            report.Corrections += await book(batch);
            batch = new List<UsageRecord>(BatchLength);
        }

        if (batch.Count > 0)
            report.Corrections += await book(batch);
        return report;
    }

    private async IAsyncEnumerable<UsageRecord> CorrectionsAsync(
        UsageQuery query,
        RerateScope scope,
        RerateReport report,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        var strays = await StrayCorrections.FindAsync(query, scope.Period.From, cancellation);
        await foreach (var moment in query.MomentsAsync(scope.Selection, cancellation))
            foreach (var (record, cost, corrections) in moment.EffectiveCosts(strays))
                if (CorrectionOf(record, cost, corrections, report) is { } correction)
                    yield return correction;
    }

    private UsageRecord? CorrectionOf(UsageRecord record, Money? cost, int corrections, RerateReport report)
    {
        var target = _pricer.Price(record);
        report.Count(record, cost, target);
        if (target.Cost is not { } now || now == cost)
            return null;
        return new UsageRecord
        {
            Id = CorrectionIdentity.Of(record, corrections),
            StartedAt = record.StartedAt,
            Provider = record.Provider,
            Model = record.Model,
            ModelGroup = record.ModelGroup,
            ResponseModel = record.ResponseModel,
            Deployment = record.Deployment,
            Operation = record.Operation,
            ServiceTier = record.ServiceTier,
            Attribution = record.Attribution with
            {
                Tags = $"rerated_at={time.GetUtcNow().UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}",
            },
            UsageSource = UsageSource.Missing,
            Cost = now - (cost ?? Money.Zero),
            CostSource = target.Version,
            Outcome = cost is null ? CallOutcome.PricedLater : CallOutcome.Corrected,
            Corrects = record.Id,
        };
    }
}

/// <summary>Which records are priced again.</summary>
/// <param name="Period">When they started.</param>
/// <param name="Model">The model that was asked of the provider; null for all.</param>
public sealed record RerateScope(UsagePeriod Period, string? Model = null)
{
    internal UsageSelection Selection =>
        new() { Period = Period, Where = Model is null ? [] : [new DimensionValue(UsageDimension.Model, Model)] };
}
