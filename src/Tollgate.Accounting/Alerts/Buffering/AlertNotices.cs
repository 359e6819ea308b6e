using System.Collections.Concurrent;
using System.Globalization;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Limits.Admission;
using Tollgate.Accounting.Limits.Leases;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Time;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Windows;

namespace Tollgate.Accounting.Alerts.Buffering;

/// <summary>
/// What this process has noticed and is not on record yet. Noticing costs a look-up in memory and never waits, so it
/// may happen within a call; <see cref="FlushAsync"/> puts it on record, in the background.
/// </summary>
public sealed class AlertNotices(TimeProvider clock)
{
    /// <summary>
    /// Callers choose the names of models: more than so many a day are not told apart from an attack.
    /// </summary>
    private const int UnpricedADay = 50;

    /// <summary>What was told and is forgotten is put on record again, where its key is known.</summary>
    private const int Remembered = 10_000;

    private readonly ConcurrentQueue<Alert> _waiting = new();
    private readonly ConcurrentQueue<Alert> _own = new();
    private readonly ConcurrentDictionary<(string Provider, string Model), long> _unpriced = new();
    private readonly ConcurrentDictionary<(string Limit, string Target, long Window, Int128 Amount), bool> _spent =
        new();
    private long _day;
    private int _unpricedToday;

    /// <summary>A model without a known price was used.</summary>
    public void Unpriced(string provider, string model)
    {
        var now = clock.GetUtcNow();
        var day = now.UtcTicks / TimeSpan.TicksPerDay;
        if (_unpriced.TryGetValue((provider, model), out var told) && told == day)
            return;
        if (Interlocked.Exchange(ref _day, day) != day)
        {
            _unpriced.Clear();
            Interlocked.Exchange(ref _unpricedToday, 0);
        }

        if (Volatile.Read(ref _unpricedToday) >= UnpricedADay || !_unpriced.TryAdd((provider, model), day))
            return;
        var more =
            Interlocked.Increment(ref _unpricedToday) == UnpricedADay
                ? " Further models without a price are not told today."
                : "";
        Add(
            AlertKind.Unpriced,
            $"{provider}/{model}",
            now.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            $"The model '{model}' of {provider} has no known price: its calls are counted, but unpriced. Add a price "
                + $"with 'tollgate prices import' or in prices.json.{more}"
        );
    }

    /// <summary>
    /// A call was refused. Of a limit on cost that has thresholds somebody is told: settled use may never reach its
    /// amount, since calls are refused as soon as the rest is less than the next one may cost.
    /// </summary>
    public void Refused(Refusal refusal)
    {
        var limit = refusal.Limit;
        if (refusal.Kind != RefusalKind.Spent || !LimitAmount.IsMoney(limit.Metric) || limit.AlertAt.IsDefaultOrEmpty)
            return;
        var now = clock.GetUtcNow();
        var window = limit.Window is RollingWindow rolling
            ? now.Ticks / rolling.Length.Ticks
            : GrantBook.CounterOf(limit, now.ToMicros()).Grant;
        if (_spent.Count > Remembered)
            _spent.Clear();
        if (!_spent.TryAdd((limit.Id, refusal.Target, window, refusal.Allowed), true))
            return;
        Add(
            AlertKind.LimitSpent,
            limit.Name,
            $"{limit.Id}/{refusal.Target}/{window}/{refusal.Allowed}",
            $"{refusal.Finding} Calls like it are refused until the window ends or the limit is raised.",
            new LimitCrossing
            {
                LimitId = limit.Id,
                LimitName = limit.Name,
                Target = refusal.Target,
                Metric = limit.Metric,
                Window = limit.Window.Text,
                WindowStart = limit.Window is CalendarWindow ? StoredTime.ToTime(window) : null,
                Threshold = 100,
                PreviousThreshold = 99,
                Used = refusal.Used,
                Amount = refusal.Allowed,
            }
        );
    }

    /// <summary>A deployment begins to be left alone, because it failed so often in a row.</summary>
    /// <param name="deployment">Its name.</param>
    /// <param name="failures">How often.</param>
    /// <param name="pause">For how long at least.</param>
    public void ProviderFailing(string deployment, int failures, TimeSpan pause) =>
        Add(
            AlertKind.ProviderFailing,
            deployment,
            clock.GetUtcNow().ToString("yyyy-MM-ddTHH", CultureInfo.InvariantCulture),
            string.Create(
                CultureInfo.InvariantCulture,
                $"The deployment '{deployment}' failed {failures} times in a row and is left alone for "
                    + $"{pause.TotalSeconds:0.#} s. Calls go to its siblings and fallbacks, where there are any."
            )
        );

    /// <summary>Records wait for the database server beyond what is allowed; call it once an episode.</summary>
    /// <param name="gate">Whose spool it is.</param>
    /// <param name="records">How many wait.</param>
    /// <param name="age">How long the oldest has waited.</param>
    public void LedgerBacklog(string gate, long records, TimeSpan age)
    {
        var now = clock.GetUtcNow();
        _own.Enqueue(
            New(
                AlertKind.LedgerBacklog,
                gate,
                now.ToString("O", CultureInfo.InvariantCulture),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{records} records of the gate {gate} wait for the database server, the oldest for "
                        + $"{age.TotalMinutes:0.#} minutes. They are safe in the data folder. See /health for the "
                        + $"reason."
                )
            )
        );
    }

    /// <summary>A counter differs from the ledger that it is counted from.</summary>
    /// <param name="limit">The limit.</param>
    /// <param name="target">Whose count; empty where the limit has but one.</param>
    /// <param name="window">The start of the window; null where windows do not end.</param>
    /// <param name="counted">What the counter says.</param>
    /// <param name="booked">What the ledger says.</param>
    public void Drift(Limit limit, string target, DateTimeOffset? window, Int128 counted, Int128 booked) =>
        Add(
            AlertKind.Drift,
            limit.Name,
            $"{limit.Id}/{target}/{window?.ToString("O", CultureInfo.InvariantCulture)}/{counted - booked}",
            $"The counter of the limit "
                + $"'{limit.Name}'{(target.Length == 0 ? "" : $" of '{target.Replace('\n', '/')}'")} says "
                + $"{AlertText.Amount(limit.Metric, counted)}, "
                + $"the ledger {AlertText.Amount(limit.Metric, booked)}."
        );

    /// <summary>
    /// Puts what was noticed on record, but not what <see cref="FlushOwnAsync"/> takes; what cannot be put there stays
    /// for the next time.
    /// </summary>
    public Task FlushAsync(IAlertStore store, CancellationToken cancellation = default) =>
        PutAsync(_waiting, store, cancellation);

    /// <summary>
    /// Puts on record what this gate alone can know and no other would tell again: that its records wait for the
    /// server. It must not wait for the same server, so the store is that of the data folder
    /// (<see cref="UsageLedger.OwnAlerts"/>).
    /// </summary>
    public Task FlushOwnAsync(IAlertStore store, CancellationToken cancellation = default) =>
        PutAsync(_own, store, cancellation);

    private static async Task PutAsync(
        ConcurrentQueue<Alert> waiting,
        IAlertStore store,
        CancellationToken cancellation
    )
    {
        while (waiting.TryPeek(out var alert))
        {
            await store.AddAsync(alert, cancellation);
            waiting.TryDequeue(out _); // Only one flushes at a time, hence it is the same.
        }
    }

    private void Add(AlertKind kind, string subject, string occasion, string text, LimitCrossing? crossing = null) =>
        _waiting.Enqueue(New(kind, subject, occasion, text, crossing));

    private Alert New(AlertKind kind, string subject, string occasion, string text, LimitCrossing? crossing = null)
    {
        var now = clock.GetUtcNow();
        return new Alert
        {
            Id = Guid.CreateVersion7(now),
            Key = $"{kind}/{subject}/{occasion}",
            Kind = kind,
            Subject = subject,
            Text = text,
            CreatedAt = now,
            Crossing = crossing,
        };
    }
}
