using Microsoft.Extensions.Logging;
using Tollgate.Accounting.Limits.Admission;
using Tollgate.Accounting.Limits.Definitions;
using Tollgate.Accounting.Registry;
using Tollgate.Accounting.Tracking;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Operations.Usage;

/// <summary>Records usage that did not pass through a gateway.</summary>
/// <param name="workspace">The ledger, the registry, the limits and the prices.</param>
public sealed class TrackOperations(Workspace workspace)
{
    /// <summary>Records one usage.</summary>
    /// <exception cref="ArgumentException">The usage is not valid.</exception>
    public async Task<TrackOutcome> TrackAsync(TrackRequest request, CancellationToken cancellationToken)
    {
        // 1. Open the ledger, the registry and the limits.
        var options = workspace.Options;
        var ledger = await workspace.OpenLedgerAsync(cancellationToken);
        await using var registry = await RegistryWatcher.StartAsync(options.Ledger, cancellationToken);
        await using var admission = new AdmissionController(
            ledger.Limits,
            ledger.InstanceId,
            workspace.Time,
            options.Admission
        );
        using var limits = new LimitSynchronizer(
            registry,
            admission,
            options.LoggerFactory.CreateLogger<LimitSynchronizer>()
        );
        var tracker = new UsageTracker(
            ledger,
            workspace.Prices,
            workspace.Time,
            new RegistryRules(registry, options.RegistryRequirements),
            admission
        );

        // 2. Check. Unless it is enforced, the check blocks nothing: the money is spent.
        var breach = registry.IsStale && !request.Enforces ? null : tracker.Check(request.Entry);
        if (breach is not null && request.Enforces)
            return new TrackOutcome { Breach = breach };

        // 3. Record.
        try
        {
            return new TrackOutcome
            {
                Recorded = request.Enforces
                    ? await tracker.TrackAsync(request.Entry)
                    : await tracker.BookAsync(request.Entry),
                Breach = breach,
                UncheckedReason = registry.IsStale ? registry.LastFailure?.Message : null,
            };
        }
        catch (LimitExceededException refused)
        {
            return new TrackOutcome { ExceededLimit = refused.Message };
        }
    }
}
