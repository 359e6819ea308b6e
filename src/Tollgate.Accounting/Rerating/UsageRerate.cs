using System.Runtime.CompilerServices;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Pricing;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Rerating;

/// <summary>
/// Reprices stored records with a price book by adding corrections: a record is never edited. A difference from the
/// record's effective cost (its own and that of its corrections) becomes a record of its own that corrects it. Running
/// it twice adds nothing.
/// </summary>
/// <remarks>
/// Keeps in memory the records of one microsecond, and the corrections whose timestamp differs from that of their
/// record.
/// </remarks>
/// <param name="prices">The current prices.</param>
/// <param name="time">The clock, for the tag with the time of the correction.</param>
public sealed class UsageRerate(PriceBook prices, TimeProvider time)
{
    private const int BatchLength = 1000;

    private readonly RecordPricer _pricer = new(prices);

    /// <summary>Computes what a run would change; records nothing.</summary>
    public async Task<RerateReport> PreviewAsync(
        UsageQuery query,
        RerateScope scope,
        CancellationToken cancellationToken = default
    )
    {
        var report = new RerateReport();
        await foreach (var _ in CorrectionsAsync(query, scope, report, cancellationToken))
            report.Corrections++;
        return report;
    }

    /// <summary>Records the corrections and returns what they changed.</summary>
    /// <exception cref="LedgerUnavailableException">The ledger cannot write. Records written so far are kept; the rest
    /// follows with the next run.</exception>
    public Task<RerateReport> RunAsync(
        UsageLedger ledger,
        RerateScope scope,
        CancellationToken cancellationToken = default
    ) => RunAsync(ledger.Query, async batch => await ledger.AppendAsync(batch), scope, cancellationToken);

    /// <summary>
    /// The same for callers that write records themselves, for example to a store without a local ledger.
    /// </summary>
    /// <param name="query">The query to read records from.</param>
    /// <param name="book">Writes a batch and returns the number of new records.</param>
    /// <param name="scope">The records to reprice.</param>
    /// <param name="cancellationToken">Cancels the run; what was recorded so far is kept.</param>
    public async Task<RerateReport> RunAsync(
        UsageQuery query,
        Func<IReadOnlyList<UsageRecord>, Task<int>> book,
        RerateScope scope,
        CancellationToken cancellationToken = default
    )
    {
        var report = new RerateReport();
        var batch = new List<UsageRecord>(BatchLength);
        await foreach (var correction in CorrectionsAsync(query, scope, report, cancellationToken))
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
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var strays = await UnlinkedCorrections.FindAsync(query, scope.Period.From, cancellationToken);
        await foreach (var moment in query.ReadRecordGroupsAsync(scope.Selection, cancellationToken))
            foreach (var (record, cost, corrections) in moment.EffectiveCosts(strays))
                if (CreateCorrection(record, cost, corrections, report) is { } correction)
                    yield return correction;
    }

    private UsageRecord? CreateCorrection(UsageRecord record, Money? cost, int corrections, RerateReport report)
    {
        var target = _pricer.Price(record);
        report.Count(record, cost, target);
        if (target.Cost is not { } now || now == cost)
            return null;
        return new UsageRecord
        {
            Id = CorrectionIdentity.Create(record, corrections),
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
            Outcome = cost is null ? CallOutcome.Repriced : CallOutcome.Corrected,
            Corrects = record.Id,
        };
    }
}

/// <summary>Selects the records to reprice.</summary>
/// <param name="Period">The period in which they started.</param>
/// <param name="Model">The requested model; null for all.</param>
public sealed record RerateScope(UsagePeriod Period, string? Model = null)
{
    internal UsageSelection Selection =>
        new() { Period = Period, Where = Model is null ? [] : [UsageFilter.Equal(UsageDimension.Model, Model)] };
}
