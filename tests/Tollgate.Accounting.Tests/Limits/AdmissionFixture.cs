using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Limits.Admission;
using Tollgate.Accounting.Tests.Ledger;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Windows;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Tests.Limits;

/// <summary>Ledgers with limits, and calls that pass them or do not.</summary>
public abstract class AdmissionFixture : LedgerFixture
{
    protected static readonly LimitSubject Ann = new(
        new Attribution
        {
            KeyId = "k1",
            User = "ann",
            Project = "apollo",
        },
        "openai",
        "gpt-4o"
    );

    protected static Limit Budget(decimal usd, LimitWindow? window = null, LimitMode mode = LimitMode.Hard) =>
        new()
        {
            Id = "budget",
            Name = "budget",
            Metric = LimitMetric.Cost,
            Window = window ?? TotalWindow.Instance,
            Amount = LimitAmount.FromUsd(usd),
            Mode = mode,
        };

    protected static Limit CreateLimit(
        LimitMetric metric,
        Int128? amount,
        LimitWindow? window = null,
        LimitScope? scope = null,
        string? id = null
    ) =>
        new()
        {
            Id = id ?? metric.ToString(),
            Name = id ?? metric.ToString(),
            Metric = metric,
            Window = window ?? TotalWindow.Instance,
            Amount = amount,
            Scope = scope ?? LimitScope.Global,
        };

    protected static LimitDemand Bound(decimal usd, long input = 0, long output = 0) =>
        new(
            new TokenUsage
            {
                [UsageKind.InputText] = input,
                [UsageKind.OutputText] = output,
                [UsageKind.Request] = 1,
            },
            Money.Round(usd)
        );

    /// <summary>A gate: an opening of the ledger in the folder, and its admission.</summary>
    protected async Task<Gate> GateAsync(params Limit[] limits)
    {
        var ledger = await OpenAsync();
        var controller = new AdmissionController(ledger.Limits, ledger.InstanceId, Time);
        controller.Use(limits);
        return new Gate(this, ledger, controller);
    }

    protected async Task<Int128> UsedAsync(UsageLedger ledger, Limit limit) =>
        (await ledger.Limits.ReadAsync([limit])).Aggregate(Int128.Zero, (sum, count) => sum + count.Used);

    protected sealed class Gate(AdmissionFixture fixture, UsageLedger ledger, AdmissionController controller)
        : IAsyncDisposable
    {
        public UsageLedger Ledger => ledger;

        public AdmissionController Controller => controller;

        public async Task<Reservation> ReserveAsync(LimitDemand bound, LimitSubject? subject = null)
        {
            var answer = await controller.ReserveAsync(subject ?? Ann, bound);
            answer.Refusal?.Message.ShouldBeNull();
            return answer.Reservation!;
        }

        public async Task<Refusal> RefusedAsync(LimitDemand bound, LimitSubject? subject = null) =>
            (await controller.ReserveAsync(subject ?? Ann, bound)).Refusal.ShouldNotBeNull();

        /// <summary>Books what a call really took.</summary>
        public ValueTask BookAsync(Reservation reservation, LimitDemand used) =>
            ledger.AppendAsync(fixture.Record() with { Usage = used.Usage, Cost = used.Cost }, reservation);

        public async ValueTask DisposeAsync()
        {
            await controller.DisposeAsync();
            await ledger.DisposeAsync();
        }
    }
}
