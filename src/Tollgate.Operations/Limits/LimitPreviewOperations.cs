using Tollgate.Accounting.Limits.Replay;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Limits.Windows;
using Tollgate.Metering.Usage;
using Tollgate.Operations.Usage.Scopes;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Operations.Limits;

/// <summary>Shows the effect of a limit on recorded calls before it is set.</summary>
/// <param name="workspace">The ledger.</param>
public sealed class LimitPreviewOperations(Workspace workspace)
{
    private const long MaxRecords = 500_000;

    /// <summary>Replays the calls of a range against a limit.</summary>
    /// <param name="request">The limit.</param>
    /// <param name="range">The range.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="OperationException">The limit is not valid, or the range has too many records.</exception>
    public async Task<LimitPreview> PreviewAsync(
        SetLimitRequest request,
        TimeRange range,
        CancellationToken cancellationToken
    )
    {
        // 1. The limit, and the part of the ledger that it counts.
        LimitRequestValidator.Validate(request);
        var scope = await workspace.ResolveScopeAsync(request.Scope, cancellationToken);
        var limit = request.Apply(request.Expression.ToLimit(scope, request.Variant), before: null);
        var (from, to) = (range.Period.From ?? DateTimeOffset.MinValue, range.Period.To ?? workspace.Now);
        var period = new UsagePeriod(FindStart(limit.Window, from), to);
        var query = workspace.OpenQuery();
        var totals = await query.TotalsAsync(period, cancellationToken: cancellationToken);
        if (totals.Calls > MaxRecords)
            throw FieldRules.CreateException(
                "range",
                FormattableString.Invariant(
                    $"The range has {totals.Calls} records from {period.From:u} on, and a preview reads at most "
                ) + FormattableString.Invariant($"{MaxRecords}. Choose a shorter range.")
            );

        // 2. The replay.
        var keys = await ReadKeysAsync(cancellationToken);
        var replay = new LimitReplay(limit);
        var preview = new LimitPreview
        {
            Limit = LimitDetails.Create(limit),
            From = from,
            To = to,
            CountedFrom = period.From!.Value,
            Calls = 0,
            Refused = 0,
            RefusedCost = Money.Zero,
            FirstRefusedAt = null,
            Unpriced = 0,
        };
        var selection = new UsageSelection { Period = period, Order = UsageOrder.OldestFirst };
        await foreach (var record in query.ReadAsync(selection, cancellationToken))
        {
            var key = record.Attribution.KeyId is { } id ? keys.GetValueOrDefault(id) : null;
            var outcome = replay.Add(record, key?.Team, key?.Organization);
            if (record.StartedAt >= from && outcome != ReplayOutcome.NotConcerned)
                preview = Count(preview, record, outcome);
        }

        return preview;
    }

    private static LimitPreview Count(LimitPreview preview, UsageRecord record, ReplayOutcome outcome)
    {
        var isRefused = outcome == ReplayOutcome.Refused;
        return preview with
        {
            Calls = preview.Calls + (record.Id.Attempt == 1 || isRefused ? 1 : 0),
            Refused = preview.Refused + (isRefused ? 1 : 0),
            RefusedCost = isRefused ? preview.RefusedCost + (record.Cost ?? Money.Zero) : preview.RefusedCost,
            FirstRefusedAt = preview.FirstRefusedAt ?? (isRefused ? record.StartedAt : null),
            Unpriced = preview.Unpriced + (record.Cost is null ? 1 : 0),
        };
    }

    private async Task<IReadOnlyDictionary<string, Accounting.Registry.VirtualKey>> ReadKeysAsync(
        CancellationToken cancellationToken
    )
    {
        var keys = await workspace.OpenKeysAsync(cancellationToken);
        return (await keys.ListAsync(cancellationToken)).ToDictionary(static key => key.Id);
    }

    /// <summary>Returns the time from which a window counts at the start of a range.</summary>
    private static DateTimeOffset FindStart(LimitWindow window, DateTimeOffset from) =>
        window switch
        {
            CalendarWindow calendar => calendar.At(from).Start,
            RollingWindow rolling => from - rolling.Length,
            BucketWindow bucket => from - bucket.Period,
            _ => from,
        };
}
