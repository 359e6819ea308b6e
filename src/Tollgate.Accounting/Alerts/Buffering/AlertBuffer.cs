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
/// Buffers the events that this process has noticed until they are stored. Adding one costs a look-up in memory and
/// never waits, so it may happen within a call; <see cref="FlushAsync"/> stores them in the background.
/// </summary>
public sealed class AlertBuffer(TimeProvider clock)
{
    /// <summary>
    /// Model names are caller-supplied: more than this number a day cannot be distinguished from an attack.
    /// </summary>
    private const int MaxUnpricedPerDay = 50;

    /// <summary>
    /// An event that was reported and then evicted from memory is stored again under the same key, which the store
    /// already has.
    /// </summary>
    private const int MaxRemembered = 10_000;

    private readonly ConcurrentQueue<Alert> _waiting = new();
    private readonly ConcurrentQueue<Alert> _local = new();
    private readonly ConcurrentDictionary<(string Provider, string Model), long> _unpriced = new();
    private readonly ConcurrentDictionary<(string Limit, string Target, long Window, Int128 Amount), bool> _spent =
        new();
    private long _day;
    private int _unpricedToday;

    /// <summary>Adds an alert for a model without a known price.</summary>
    public void AddUnpriced(string provider, string model)
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

        if (Volatile.Read(ref _unpricedToday) >= MaxUnpricedPerDay || !_unpriced.TryAdd((provider, model), day))
            return;
        var more =
            Interlocked.Increment(ref _unpricedToday) == MaxUnpricedPerDay
                ? " Further models without a price are not reported today."
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
    /// Adds an alert for a refused call. A limit on cost with thresholds raises an alert here, since settled usage may
    /// never reach its amount: calls are refused as soon as the remainder is less than the next one may cost.
    /// </summary>
    public void AddRefusal(Refusal refusal)
    {
        var limit = refusal.Limit;
        if (
            refusal.Kind != RefusalKind.Exhausted
            || !LimitAmount.IsMoney(limit.Metric)
            || limit.AlertThresholds.IsDefaultOrEmpty
        )
            return;
        var now = clock.GetUtcNow();
        var window = limit.Window is RollingWindow rolling
            ? now.Ticks / rolling.Length.Ticks
            : LeaseAllocator.WindowsAt(limit, UnixMicros.FromTime(now)).Lease;
        if (_spent.Count > MaxRemembered)
            _spent.Clear();
        if (!_spent.TryAdd((limit.Id, refusal.Target, window, refusal.Allowed), true))
            return;
        Add(
            AlertKind.LimitExhausted,
            limit.Name,
            $"{limit.Id}/{refusal.Target}/{window}/{refusal.Allowed}",
            $"{refusal.Finding} Calls like it are refused until the window ends or the limit is increased.",
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

    /// <summary>Adds an alert for a deployment that starts to cool down because it failed so often in a row.</summary>
    /// <param name="deployment">Its name.</param>
    /// <param name="failures">The number of failures.</param>
    /// <param name="pause">The minimum cooldown.</param>
    public void AddProviderFailing(string deployment, int failures, TimeSpan pause) =>
        Add(
            AlertKind.ProviderFailing,
            deployment,
            clock.GetUtcNow().ToString("yyyy-MM-ddTHH", CultureInfo.InvariantCulture),
            string.Create(
                CultureInfo.InvariantCulture,
                $"The deployment '{deployment}' failed {failures} times in a row and is cooling down for "
                    + $"{pause.TotalSeconds:0.#} s. Calls go to other deployments of its group and fallbacks, if "
                    + $"there are any."
            )
        );

    /// <summary>
    /// Adds an alert for records that wait for the database server beyond the allowed limit; call it once per episode.
    /// </summary>
    /// <param name="gateway">The gateway that owns the spool.</param>
    /// <param name="records">The number of waiting records.</param>
    /// <param name="age">How long the oldest has waited.</param>
    public void AddLedgerBacklog(string gateway, long records, TimeSpan age)
    {
        var now = clock.GetUtcNow();
        _local.Enqueue(
            Create(
                AlertKind.LedgerBacklog,
                gateway,
                now.ToString("O", CultureInfo.InvariantCulture),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{records} records of the gateway {gateway} wait for the database server, the oldest for "
                        + $"{age.TotalMinutes:0.#} minutes. They are safe in the data folder. See /health for the "
                        + $"reason."
                )
            )
        );
    }

    /// <summary>Adds an alert for a counter that differs from the ledger on which it is based.</summary>
    /// <param name="limit">The limit.</param>
    /// <param name="target">The target; empty if the limit has only one counter.</param>
    /// <param name="window">The start of the window; null if windows do not end.</param>
    /// <param name="counted">The value of the counter.</param>
    /// <param name="booked">The sum in the ledger.</param>
    public void AddDrift(Limit limit, string target, DateTimeOffset? window, Int128 counted, Int128 booked) =>
        Add(
            AlertKind.Drift,
            limit.Name,
            $"{limit.Id}/{target}/{window?.ToString("O", CultureInfo.InvariantCulture)}/{counted - booked}",
            $"The counter of the limit '{limit.Name}'{new LimitTarget(target).ToPhrase()} is "
                + $"{AlertFormatter.FormatAmount(limit.Metric, counted)}, but "
                + $"the ledger has {AlertFormatter.FormatAmount(limit.Metric, booked)}."
        );

    /// <summary>
    /// Stores what was noticed, except what <see cref="FlushLocalAsync"/> stores; what cannot be stored remains for the
    /// next time.
    /// </summary>
    public Task FlushAsync(IAlertStore store, CancellationToken cancellationToken = default) =>
        WriteAsync(_waiting, store, cancellationToken);

    /// <summary>
    /// Stores what only this gateway can notice: that its records wait for the server. This must not wait for the same
    /// server, so the store is that of the data folder (<see cref="LedgerAlerts.LocalStore"/>).
    /// </summary>
    public Task FlushLocalAsync(IAlertStore store, CancellationToken cancellationToken = default) =>
        WriteAsync(_local, store, cancellationToken);

    private static async Task WriteAsync(
        ConcurrentQueue<Alert> waiting,
        IAlertStore store,
        CancellationToken cancellationToken
    )
    {
        while (waiting.TryPeek(out var alert))
        {
            await store.AddAsync(alert, cancellationToken);
            waiting.TryDequeue(out _); // Only one flush runs at a time, so this is the same alert.
        }
    }

    private void Add(AlertKind kind, string subject, string occasion, string text, LimitCrossing? crossing = null) =>
        _waiting.Enqueue(Create(kind, subject, occasion, text, crossing));

    private Alert Create(AlertKind kind, string subject, string occasion, string text, LimitCrossing? crossing = null)
    {
        var now = clock.GetUtcNow();
        return new Alert
        {
            Id = Guid.CreateVersion7(now),
            Key = $"{StoredAlertKind.GetKeyPrefix(kind)}/{subject}/{occasion}",
            Kind = kind,
            Subject = subject,
            Text = text,
            CreatedAt = now,
            Crossing = crossing,
        };
    }
}
