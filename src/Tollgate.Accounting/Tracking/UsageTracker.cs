using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Ledger.Records;
using Tollgate.Accounting.Limits.Admission;
using Tollgate.Accounting.Registry;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Pricing;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Tracking;

/// <summary>
/// Books usage that no gateway saw: checks what a program states, derives what it left out, and prices it.
/// </summary>
/// <param name="ledger">Where it is booked.</param>
/// <param name="prices">What it costs where the caller does not say; without a book it stays unpriced.</param>
/// <param name="time">The clock.</param>
/// <param name="rules">Whom usage may be of; without rules anybody.</param>
/// <param name="admission">The limits; without it there are none.</param>
public sealed class UsageTracker(
    UsageLedger ledger,
    PriceBook? prices = null,
    TimeProvider? time = null,
    DirectoryRules? rules = null,
    AdmissionController? admission = null
)
{
    /// <summary>The <c>cost_source</c> of a cost that the caller stated.</summary>
    public const string StatedByCaller = "caller";

    private const string UnknownProvider = "unknown";

    private readonly PriceBook _prices = prices ?? PriceBook.Empty;
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>
    /// Books one usage, where the rules and the limits let it pass: it is checked and counted in one step. When this
    /// completes it is on the disk.
    /// </summary>
    /// <exception cref="ArgumentException">The entry cannot be booked; the message names the field, the value and the
    /// rule.</exception>
    /// <exception cref="UsageRefusedException">The rules refuse it, and nothing was booked.</exception>
    /// <exception cref="LimitRefusedException">A limit refuses it, and nothing was booked.</exception>
    /// <exception cref="DirectoryUnavailableException">The rules cannot be known now, and nothing was
    /// booked.</exception>
    /// <exception cref="LedgerUnavailableException">The ledger cannot write; the record is kept in memory and
    /// follows.</exception>
    public async Task<TrackResult> TrackAsync(UsageEntry entry)
    {
        if (Refuse(entry) is { } refusal)
            throw new UsageRefusedException(refusal);
        var answer = await ReserveAsync(entry);
        return answer.Refusal is { } spent
            ? throw new LimitRefusedException(spent)
            : await SettleAsync(entry, answer.Reservation);
    }

    /// <summary>
    /// What the rules have against a usage, to be asked before a call is made; null where they let it pass, or there
    /// are none.
    /// </summary>
    /// <exception cref="ArgumentException">The entry cannot be booked.</exception>
    /// <exception cref="DirectoryUnavailableException">The rules cannot be known now.</exception>
    public DirectoryRefusal? Refuse(UsageEntry entry) => rules?.Refuse(EntryRules.Attribution(entry));

    /// <summary>
    /// Reserves the most that a call can take on all its limits, or on none, before it is made. What is reserved is
    /// settled by <see cref="SettleAsync"/> with what it took, or released by <see cref="Reservation.Release"/> where
    /// it was never made.
    /// </summary>
    /// <param name="most">The call with the most that it can take.</param>
    /// <param name="cancellation">Stops the wait; then nothing is reserved.</param>
    /// <exception cref="ArgumentException">The entry could not be booked.</exception>
    public async Task<AdmissionAnswer> ReserveAsync(UsageEntry most, CancellationToken cancellation = default) =>
        admission is null ? default : await ReserveAsync(ToRecord(most), force: false, cancellation);

    /// <summary>
    /// Books what a call took and ends its reservation, in one step. Null is for a call that no limit concerned.
    /// </summary>
    /// <exception cref="ArgumentException">The entry cannot be booked; the reservation is released.</exception>
    /// <exception cref="LedgerUnavailableException">The ledger cannot write; the record is kept in memory and
    /// follows.</exception>
    public async Task<TrackResult> SettleAsync(UsageEntry entry, Reservation? reservation)
    {
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
    /// Books one usage whatever the rules and the limits say: the call was made, and its money is spent.
    /// </summary>
    /// <exception cref="ArgumentException">The entry cannot be booked; the message names the field, the value and the
    /// rule.</exception>
    /// <exception cref="LedgerUnavailableException">The ledger cannot write; the record is kept in memory and
    /// follows.</exception>
    public async Task<TrackResult> BookAsync(UsageEntry entry)
    {
        var record = ToRecord(entry);
        return await BookAsync(record, (await ReserveAsync(record, force: true, CancellationToken.None)).Reservation);
    }

    private async Task<TrackResult> BookAsync(UsageRecord record, Reservation? reservation)
    {
        await ledger.AppendAsync(record, reservation);
        return new TrackResult(record.Id, record.Cost, record.CostSource) { Limits = await StandingAsync(record) };
    }

    private ValueTask<AdmissionAnswer> ReserveAsync(UsageRecord record, bool force, CancellationToken cancellation) =>
        admission is null
            ? default
            : admission.ReserveAsync(
                SubjectOf(record),
                new LimitDemand(record.Usage, record.Cost),
                force,
                cancellation
            );

    /// <summary>The limits that concern a record, after it.</summary>
    private async Task<IReadOnlyList<LimitStanding>> StandingAsync(UsageRecord record)
    {
        if (admission is not { HasLimits: true })
            return [];
        var standings = await admission.StandingAsync(SubjectOf(record));
        return
        [
            .. standings.Select(standing =>
                standing.Limit.Metric == LimitMetric.CostPerRequest && record.Cost is { } cost
                    ? standing with
                    {
                        Used = LimitAmount.OfUsd(cost.Usd),
                        Left = standing.Left - LimitAmount.OfUsd(cost.Usd),
                    }
                    : standing
            ),
        ];
    }

    private static LimitSubject SubjectOf(UsageRecord record) => new(record.Attribution, record.Provider, record.Model);

    /// <summary>The record that would be booked.</summary>
    /// <exception cref="ArgumentException">As <see cref="TrackAsync"/> says.</exception>
    public UsageRecord ToRecord(UsageEntry entry)
    {
        var tokens = EntryTokens.Of(entry);
        var at = EntryRules.Time(entry.Timestamp, _time.GetUtcNow());
        var provider = entry.Provider ?? _prices.ProviderOf(entry.Model, at) ?? UnknownProvider;
        var price = IsUnknown(entry, tokens) ? null : _prices.Find(provider, entry.Model, at);
        var charge = CostCalculator.Price(price, tokens.Usage, ServiceTier.Standard);
        var record = new UsageRecord
        {
            Id = new CallId(entry.Id ?? Guid.CreateVersion7(at), 1),
            StartedAt = at,
            Duration = EntryRules.NotNegative(entry.ExecutionTime, nameof(entry.ExecutionTime)),
            TimeToFirstToken = entry.TimeToFirstToken is { } first
                ? EntryRules.NotNegative(first, nameof(entry.TimeToFirstToken))
                : null,
            Provider = provider,
            Model = EntryRules.NotBlank(entry.Model, nameof(entry.Model)),
            ResponseModel = RecordText.Fit(entry.ResponseModel),
            Operation = entry.Operation,
            Streamed = entry.Streamed,
            Attribution = EntryRules.Attribution(entry),
            Usage = tokens.Usage,
            Local = tokens.Local,
            UsageSource = tokens.Source,
            Cost = entry.Cost is { } stated ? Money.Round(EntryRules.Cost(stated)) : charge.Total,
            CostSource = entry.Cost is null ? charge.CostSource : StatedByCaller,
            Outcome = entry.Outcome,
            ErrorType = RecordText.Fit(entry.ErrorType),
            ResponseId = RecordText.Fit(entry.ResponseId),
        };
        RecordRules.Check(record); // Now, not when it is booked: by then something may be reserved for it.
        return record;
    }

    /// <summary>Whether the provider did work of which nobody says how much: that is unpriced, not free.</summary>
    private static bool IsUnknown(UsageEntry entry, EntryTokens tokens) =>
        tokens.Source == UsageSource.Missing
        && entry.Outcome
            is CallOutcome.Completed
                or CallOutcome.ClientLeft
                or CallOutcome.UpstreamCut
                or CallOutcome.TimedOut;
}

/// <summary>What was booked.</summary>
/// <param name="Id">The identity.</param>
/// <param name="Cost">What it costs; null is unpriced.</param>
/// <param name="CostSource">The version of the price, or <c>caller</c>; null where unpriced.</param>
public sealed record TrackResult(CallId Id, Money? Cost, string? CostSource)
{
    /// <summary>The limits that concern it, as they stand with it; empty without limits.</summary>
    public IReadOnlyList<LimitStanding> Limits { get; init; } = [];

    /// <summary>Those of them of which more is used than allowed.</summary>
    public IEnumerable<LimitStanding> Breached =>
        Limits.Where(static standing => standing.IsBreached && standing.Limit.Mode != LimitMode.Shadow);
}
