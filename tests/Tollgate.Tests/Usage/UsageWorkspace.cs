using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;
using Tollgate.Operations.Usage;
using Tollgate.Operations.Usage.Scopes;
using Tollgate.Operations.Workspaces;
using Tollgate.Testing;

namespace Tollgate.Tests.Usage;

/// <summary>A ledger in a folder, with a clock that stands still.</summary>
internal sealed class UsageWorkspace : IAsyncDisposable
{
    /// <summary>A Wednesday.</summary>
    public static readonly DateTimeOffset Now = new(2026, 7, 15, 14, 30, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();

    private UsageWorkspace() =>
        Workspace = new Workspace(
            new WorkspaceOptions
            {
                Ledger = new LedgerOptions { DataFolder = _folder.Path, TimeProvider = new ManualTimeProvider(Now) },
            }
        );

    public Workspace Workspace { get; }

    /// <summary>The use cases of a caller who may see everything.</summary>
    public UsageOperations Usage => WithReach(UsageReach.Everything);

    public static async Task<UsageWorkspace> CreateAsync(params UsageRecord[] records)
    {
        var created = new UsageWorkspace();
        await using var ledger = await UsageLedger.OpenAsync(new LedgerOptions { DataFolder = created._folder.Path });
        await ledger.AppendAsync(records);
        return created;
    }

    public UsageOperations WithReach(UsageReach reach) => new(Workspace, reach);

    /// <summary>A completed call that started some time ago.</summary>
    public static UsageRecord Call(TimeSpan ago, string model = "gpt-4o", decimal? usd = 1, string? user = null)
    {
        var at = Now - ago;
        return new UsageRecord
        {
            Id = new CallId(Guid.CreateVersion7(at), 1),
            StartedAt = at,
            Duration = TimeSpan.FromSeconds(2),
            Provider = "openai",
            Model = model,
            Operation = "chat",
            Attribution = new Attribution { User = user },
            Usage = new TokenUsage { [UsageKind.InputText] = 300, [UsageKind.CacheRead] = 100 },
            UsageSource = UsageSource.Reported,
            Cost = usd is { } known ? Money.Round(known) : null,
            CostSource = usd is null ? null : "caller",
            Outcome = CallOutcome.Completed,
        };
    }

    /// <summary>A scope over a named range.</summary>
    public static UsageScope Scope(string range = "24h", params UsageFilter[] filters) =>
        new(TimeRangeParser.Parse(new TimeRangeText(range), Now)) { Filters = filters };

    public async ValueTask DisposeAsync()
    {
        await Workspace.DisposeAsync();
        _folder.Dispose();
    }
}
