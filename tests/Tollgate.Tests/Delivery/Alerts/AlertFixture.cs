using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using Tollgate.Accounting.Alerts;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Limits.Admission;
using Tollgate.Accounting.Stores;
using Tollgate.Delivery.Alerts;
using Tollgate.Delivery.Alerts.Channels;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Windows;
using Tollgate.Metering.Usage;
using Tollgate.Testing;

namespace Tollgate.Tests.Delivery.Alerts;

/// <summary>Gates on one SQLite file, each with its own ledger, limits and sender of alerts, under one clock.</summary>
public abstract class AlertFixture : IAsyncLifetime
{
    /// <summary>32 bytes: 0, 1, 2, ….</summary>
    private protected const string Secret = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private readonly List<IAsyncDisposable> _parts = [];

    private protected TemporaryFolder Folder { get; } = new();

    private protected ManualTimeProvider Time { get; } = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _parts.Reverse();
        foreach (var part in _parts)
            await part.DisposeAsync();
        Folder.Dispose();
    }

    private protected static Limit Budget(decimal usd, params ImmutableArray<int> thresholds) =>
        new()
        {
            Id = "budget",
            Name = "budget",
            Metric = LimitMetric.Cost,
            Window = new CalendarWindow(CalendarUnit.Day),
            Amount = LimitAmount.FromUsd(usd),
            AlertThresholds = thresholds,
        };

    private protected static AlertSettings To(WebhookReceiver receiver) =>
        new() { Webhooks = [new WebhookSettings("ops", receiver.Url, Secret)] };

    private protected async Task<Gate> GateAsync(AlertSettings settings, params Limit[] limits)
    {
        var ledger = await UsageLedger.OpenAsync(new LedgerOptions { DataFolder = Folder.Path, TimeProvider = Time });
        _parts.Add(ledger);
        var admission = new AdmissionController(ledger.Limits, ledger.InstanceId, Time);
        _parts.Add(admission);
        admission.Use(limits);
        var sender = new AlertSender(
            new AlertSource(ledger.Alerts.Store, ledger.Alerts.Notices, ledger.Alerts.Metrics),
            settings,
            Time,
            NullLogger.Instance
        );
        _parts.Add(sender);
        return new Gate(ledger, admission, sender, Time);
    }

    private protected async Task<IReadOnlyList<AlertDelivery>> DeliveriesAsync(Gate gate) =>
        [.. (await gate.Ledger.Alerts.Store.ListAsync(100)).SelectMany(static state => state.Deliveries)];

    /// <summary>A gate as far as alerts are concerned.</summary>
    internal sealed record Gate(
        UsageLedger Ledger,
        AdmissionController Admission,
        AlertSender Sender,
        TimeProvider Clock
    )
    {
        public async Task SpendAsync(decimal usd)
        {
            var whom = new Attribution { User = "ann" };
            var usage = new TokenUsage { [UsageKind.Request] = 1 };
            var answer = await Admission.ReserveAsync(
                new LimitSubject(whom, "openai", "gpt-4o"),
                new LimitDemand(usage, Money.Round(usd))
            );
            answer.Refusal?.Message.ShouldBeNull();
            await Ledger.AppendAsync(
                new UsageRecord
                {
                    Id = new CallId(Guid.CreateVersion7(Clock.GetUtcNow()), 1),
                    StartedAt = Clock.GetUtcNow(),
                    Duration = TimeSpan.Zero,
                    Provider = "openai",
                    Model = "gpt-4o",
                    Operation = "chat",
                    Attribution = whom,
                    Usage = usage,
                    UsageSource = UsageSource.Reported,
                    Cost = Money.Round(usd),
                    CostSource = "test",
                    Outcome = CallOutcome.Completed,
                    StatusCode = 200,
                },
                answer.Reservation
            );
        }
    }
}
