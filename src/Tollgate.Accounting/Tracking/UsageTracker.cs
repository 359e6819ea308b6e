using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Ledger.Records;
using Tollgate.Accounting.Limits.Admission;
using Tollgate.Accounting.Registry;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Pricing;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Tracking;

/// <summary>
/// Records usage that did not go through a gateway: validates what a program reports, derives what it left out, and
/// prices it.
/// </summary>
/// <param name="ledger">The ledger to write to.</param>
/// <param name="prices">The prices for usage without a reported cost; without a price book it stays unpriced.</param>
/// <param name="time">The clock.</param>
/// <param name="rules">The rules for attribution; null accepts any.</param>
/// <param name="admission">The limits; null if there are none.</param>
public sealed class UsageTracker(
    UsageLedger ledger,
    PriceBook? prices = null,
    TimeProvider? time = null,
    RegistryRules? rules = null,
    AdmissionController? admission = null
)
{
    /// <summary>The <c>cost_source</c> of a cost that the caller reported.</summary>
    public const string CallerCostSource = "caller";

    private const string UnknownProvider = "unknown";

    private readonly PriceBook _prices = prices ?? PriceBook.Empty;
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>
    /// Records a usage if the rules and the limits allow it, checking and counting in one step. The record is durable
    /// when this completes.
    /// </summary>
    /// <param name="entry">The usage.</param>
    /// <param name="cancellationToken">Cancels the wait for the limits; nothing is recorded then. Once they allow the
    /// usage, it is recorded.</param>
    /// <exception cref="ArgumentException">The entry is invalid; the message names the field, the value and the
    /// rule.</exception>
    /// <exception cref="UsageRejectedException">The rules reject it, and nothing was recorded.</exception>
    /// <exception cref="LimitExceededException">A limit refuses it, and nothing was recorded.</exception>
    /// <exception cref="RegistryUnavailableException">The rules are currently unavailable, and nothing was
    /// recorded.</exception>
    /// <exception cref="LedgerUnavailableException">The ledger cannot write; the record is kept in memory and written
    /// later.</exception>
    public async Task<TrackResult> TrackAsync(UsageEntry entry, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Check(entry) is { } refusal)
            throw new UsageRejectedException(refusal);
        var answer = await ReserveAsync(entry, cancellationToken);
        return answer.Refusal is { } spent
            ? throw new LimitExceededException(spent)
            : await SettleAsync(entry, answer.Reservation, CancellationToken.None);
    }

    /// <summary>
    /// Returns why the rules reject a usage, to be called before the provider call; null if they accept it or there are
    /// none.
    /// </summary>
    /// <exception cref="ArgumentException">The entry is invalid.</exception>
    /// <exception cref="RegistryUnavailableException">The rules are currently unavailable.</exception>
    public RegistryRefusal? Check(UsageEntry entry) => rules?.Check(EntryRules.ReadAttribution(entry));

    /// <summary>
    /// Reserves the maximum that a call can consume on all its limits, or on none, before the call. Settle the
    /// reservation with <see cref="SettleAsync"/> and the actual usage, or release it with
    /// <see cref="Reservation.Release"/> if the call was never made.
    /// </summary>
    /// <param name="upperBound">The call with its maximum usage.</param>
    /// <param name="cancellationToken">Cancels the wait; nothing is reserved then.</param>
    /// <exception cref="ArgumentException">The entry is invalid.</exception>
    public async Task<AdmissionResult> ReserveAsync(
        UsageEntry upperBound,
        CancellationToken cancellationToken = default
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        return admission is null
            ? default
            : await ReserveAsync(ToRecord(upperBound), force: false, cancellationToken);
    }

    /// <summary>
    /// Records the usage of a call and ends its reservation, in one step.
    /// </summary>
    /// <param name="entry">The usage.</param>
    /// <param name="reservation">The reservation; null if no limit applied.</param>
    /// <param name="cancellationToken">If canceled already, nothing is recorded and the reservation stays. Otherwise,
    /// the usage is recorded.</param>
    /// <exception cref="ArgumentException">The entry is invalid; the reservation is released.</exception>
    /// <exception cref="LedgerUnavailableException">The ledger cannot write; the record is kept in memory and written
    /// later.</exception>
    public async Task<TrackResult> SettleAsync(
        UsageEntry entry,
        Reservation? reservation,
        CancellationToken cancellationToken = default
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return await BookAsync(ToRecord(entry), reservation);
        }
        catch (ArgumentException)
        {
            reservation?.Release();
            throw;
        }
    }

    /// <summary>
    /// Records a usage whatever the rules and the limits say: the call was made, and its money is spent.
    /// </summary>
    /// <param name="entry">The usage.</param>
    /// <param name="cancellationToken">If canceled already, nothing is recorded. Otherwise, the usage is
    /// recorded.</param>
    /// <exception cref="ArgumentException">The entry is invalid; the message names the field, the value and the
    /// rule.</exception>
    /// <exception cref="LedgerUnavailableException">The ledger cannot write; the record is kept in memory and written
    /// later.</exception>
    public async Task<TrackResult> BookAsync(UsageEntry entry, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var record = ToRecord(entry);
        return await BookAsync(record, (await ReserveAsync(record, force: true, CancellationToken.None)).Reservation);
    }

    private async Task<TrackResult> BookAsync(UsageRecord record, Reservation? reservation)
    {
        await ledger.AppendAsync(record, reservation);
        return new TrackResult(record.Id, record.Cost, record.CostSource) { Limits = await ReadStatusesAsync(record) };
    }

    private ValueTask<AdmissionResult> ReserveAsync(
        UsageRecord record,
        bool force,
        CancellationToken cancellationToken
    ) =>
        admission is null
            ? default
            : admission.ReserveAsync(
                CreateSubject(record),
                new LimitDemand(record.Usage, record.Cost),
                force,
                cancellationToken
            );

    /// <summary>Reads the status of the limits that apply to a record, after recording.</summary>
    private async Task<IReadOnlyList<LimitStatus>> ReadStatusesAsync(UsageRecord record)
    {
        if (admission is not { HasLimits: true })
            return [];
        var statuses = await admission.ReadStatusesAsync(CreateSubject(record));
        return
        [
            .. statuses.Select(status =>
                status.Limit.Metric == LimitMetric.CostPerRequest && record.Cost is { } cost
                    ? status with
                    {
                        Used = LimitAmount.FromUsd(cost.Usd),
                        Left = status.Left - LimitAmount.FromUsd(cost.Usd),
                    }
                    : status
            ),
        ];
    }

    private static LimitSubject CreateSubject(UsageRecord record) =>
        new(record.Attribution, record.Provider, record.Model);

    /// <summary>Creates the record that would be written.</summary>
    /// <exception cref="ArgumentException">As in <see cref="TrackAsync"/>.</exception>
    public UsageRecord ToRecord(UsageEntry entry)
    {
        var tokens = EntryTokens.FromEntry(entry);
        var at = EntryRules.RequireTime(entry.Timestamp, _time.GetUtcNow());
        var provider = entry.Provider ?? _prices.FindProvider(entry.Model, at) ?? UnknownProvider;
        var price = IsUnknown(entry, tokens) ? null : _prices.Find(provider, entry.Model, at);
        var charge = CostCalculator.Price(price, tokens.Usage, ServiceTier.Standard);
        var record = new UsageRecord
        {
            Id = new CallId(entry.Id ?? Guid.CreateVersion7(at), 1),
            StartedAt = at,
            Duration = EntryRules.RequireNotNegative(entry.ExecutionTime, nameof(entry.ExecutionTime)),
            TimeToFirstToken = entry.TimeToFirstToken is { } first
                ? EntryRules.RequireNotNegative(first, nameof(entry.TimeToFirstToken))
                : null,
            Provider = provider,
            Model = EntryRules.RequireNotBlank(entry.Model, nameof(entry.Model)),
            ResponseModel = RecordText.Truncate(entry.ResponseModel),
            Operation = entry.Operation,
            Streamed = entry.Streamed,
            Attribution = EntryRules.ReadAttribution(entry),
            Usage = tokens.Usage,
            Local = tokens.Local,
            UsageSource = tokens.Source,
            Cost = entry.Cost is { } stated ? Money.Round(EntryRules.RequireCost(stated)) : charge.Total,
            CostSource = entry.Cost is null ? charge.CostSource : CallerCostSource,
            Outcome = entry.Outcome,
            ErrorType = RecordText.Truncate(entry.ErrorType),
            ResponseId = RecordText.Truncate(entry.ResponseId),
        };
        RecordRules.Validate(record); // Now, not when it is recorded: by then quota may be reserved for it.
        return record;
    }

    /// <summary>True if the provider did work of an unreported amount: that is unpriced, not free.</summary>
    private static bool IsUnknown(UsageEntry entry, EntryTokens tokens) =>
        tokens.Source == UsageSource.Missing
        && entry.Outcome
            is CallOutcome.Completed
                or CallOutcome.ClientDisconnected
                or CallOutcome.UpstreamCut
                or CallOutcome.TimedOut;
}

/// <summary>The outcome of recording.</summary>
/// <param name="Id">The identity.</param>
/// <param name="Cost">The cost; null if unpriced.</param>
/// <param name="CostSource">The version of the price, or <c>caller</c>; null if unpriced.</param>
public sealed record TrackResult(CallId Id, Money? Cost, string? CostSource)
{
    /// <summary>The status of the limits that apply, including this usage; empty without limits.</summary>
    public IReadOnlyList<LimitStatus> Limits { get; init; } = [];

    /// <summary>Those limits that are exceeded.</summary>
    public IEnumerable<LimitStatus> Exceeded =>
        Limits.Where(static status => status.IsExceeded && status.Limit.Mode != LimitMode.Shadow);
}
