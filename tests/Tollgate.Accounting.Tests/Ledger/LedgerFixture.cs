using Tollgate.Accounting.InFlight;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Stores;
using Tollgate.Metering.Usage;
using Tollgate.Testing;

namespace Tollgate.Accounting.Tests.Ledger;

/// <summary>A folder, a clock that stands still, and records to put into ledgers there.</summary>
public abstract class LedgerFixture : IDisposable
{
    protected TemporaryFolder Folder { get; } = new();

    protected ManualTimeProvider Time { get; } = new();

    protected LedgerOptions Options => new() { DataFolder = Folder.Path, TimeProvider = Time };

    public void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    protected Task<UsageLedger> OpenAsync() => UsageLedger.OpenAsync(Options);

    protected CallId NewId() => new(Guid.CreateVersion7(Time.GetUtcNow()), 1);

    protected InFlightAttempt Attempt(CallId? id = null) =>
        new()
        {
            Id = id ?? NewId(),
            StartedAt = Time.GetUtcNow(),
            Provider = "openai",
            Model = "gpt-4o",
            Operation = "chat",
            Streamed = true,
            Attribution = new Attribution
            {
                KeyId = "k1",
                User = "ann",
                Project = "apollo",
            },
            UpperBound = new TokenUsage { [UsageKind.InputText] = 100, [UsageKind.OutputText] = 4096 },
        };

    protected UsageRecord Record(CallId? id = null) =>
        new()
        {
            Id = id ?? NewId(),
            StartedAt = Time.GetUtcNow(),
            Duration = TimeSpan.FromMilliseconds(250),
            Provider = "openai",
            Model = "gpt-4o",
            Operation = "chat",
            Attribution = new Attribution
            {
                KeyId = "k1",
                User = "ann",
                Project = "apollo",
            },
            Usage = new TokenUsage { [UsageKind.InputText] = 100, [UsageKind.OutputText] = 20 },
            UsageSource = UsageSource.Reported,
            Cost = Money.Round(0.00045m),
            CostSource = "test-2026-07-01",
            Outcome = CallOutcome.Completed,
            StatusCode = 200,
        };
}
