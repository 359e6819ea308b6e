using Microsoft.Extensions.Logging;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Limits.Definitions;
using Tollgate.Accounting.Registry;
using Tollgate.Accounting.Stores.Opening;
using Tollgate.Metering.Pricing;

namespace Tollgate.Operations.Workspaces;

/// <summary>
/// The open ledger, registry and limits that the use cases share. Each part is opened when it is first needed. A
/// command
/// has a workspace of its own; a server has one for all requests, on its running ledger.
/// </summary>
/// <param name="options">The ledger and its surroundings.</param>
/// <param name="running">A ledger that is already open, which the workspace does not close; null to open one.</param>
public sealed class Workspace(WorkspaceOptions options, UsageLedger? running = null) : IAsyncDisposable
{
    private readonly SemaphoreSlim _opening = new(1, 1);
    private UsageLedger? _opened;
    private AuditTrailWriter? _auditTrail;

    /// <summary>The ledger and its surroundings.</summary>
    public WorkspaceOptions Options { get; } = options;

    /// <summary>The clock.</summary>
    public TimeProvider Time => Options.Ledger.TimeProvider;

    /// <summary>The current time.</summary>
    public DateTimeOffset Now => Time.GetUtcNow();

    /// <summary>Reads the prices in force.</summary>
    /// <exception cref="InvalidDataException">A price file has errors; all are named.</exception>
    public PriceBook Prices => Options.Prices();

    /// <summary>Opens the ledger for reading, without becoming one of its writers.</summary>
    /// <exception cref="FileNotFoundException">There is no ledger in the folder.</exception>
    public UsageQuery OpenQuery() => UsageLedger.OpenReadOnly(Options.Ledger);

    /// <summary>Returns the ledger; opens it, and creates or upgrades its database, if it is not open yet.</summary>
    public async ValueTask<UsageLedger> OpenLedgerAsync(CancellationToken cancellationToken)
    {
        if ((running ?? _opened) is { } open)
            return open;
        await _opening.WaitAsync(cancellationToken);
        try
        {
            return _opened ??= await UsageLedger.OpenAsync(Options.Ledger, cancellationToken);
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <summary>Opens the virtual keys.</summary>
    public Task<VirtualKeys> OpenKeysAsync(CancellationToken cancellationToken) =>
        VirtualKeys.OpenAsync(Options.Ledger, cancellationToken);

    /// <summary>
    /// Opens the definitions of limits. Counters of deleted limits are removed if the ledger is open, or
    /// <paramref name="withCounters"/> opens it.
    /// </summary>
    /// <param name="withCounters">True to open the ledger, whose counters change with the definitions.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async Task<LimitDefinitions> OpenLimitsAsync(bool withCounters, CancellationToken cancellationToken)
    {
        var ledger = withCounters ? await OpenLedgerAsync(cancellationToken) : running ?? _opened;
        return await LimitDefinitions.OpenAsync(Options.Ledger, ledger?.Limits, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _opening.Dispose();
        // A ledger closes its server.
        if (_opened is not null)
            await _opened.DisposeAsync();
        else if (running is null && Options.Ledger.Store is { } server)
            await server.DisposeAsync();
    }

    internal ILogger CreateLogger<T>() => Options.LoggerFactory.CreateLogger<T>();

    /// <summary>The writer of the audit trail.</summary>
    internal AuditTrailWriter AuditTrail =>
        _auditTrail ??= new AuditTrailWriter(
            Options.Ledger.OpenAuditTrail(),
            Time,
            Options.LoggerFactory.CreateLogger<AuditTrailWriter>()
        );
}
