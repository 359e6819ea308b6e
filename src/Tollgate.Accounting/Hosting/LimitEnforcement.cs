using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Limits.Admission;
using Tollgate.Accounting.Limits.Definitions;
using Tollgate.Accounting.Registry;
using Tollgate.Accounting.Stores;

namespace Tollgate.Accounting.Hosting;

/// <summary>The limits of the registry, in force as they change.</summary>
internal sealed class LimitEnforcement : IAsyncDisposable
{
    private readonly LimitSynchronizer _synchronizer;

    public LimitEnforcement(
        UsageLedger ledger,
        RegistryWatcher registry,
        LedgerOptions opened,
        IOptions<AccountingOptions> options
    )
    {
        Controller = new AdmissionController(
            ledger.Limits,
            ledger.InstanceId,
            opened.TimeProvider,
            options.Value.Limits with
            {
                LoggerFactory = opened.LoggerFactory,
            }
        );
        _synchronizer = new LimitSynchronizer(
            registry,
            Controller,
            opened.LoggerFactory.CreateLogger<LimitSynchronizer>()
        );
    }

    /// <summary>Admits calls.</summary>
    public AdmissionController Controller { get; }

    public async ValueTask DisposeAsync()
    {
        _synchronizer.Dispose();
        await Controller.DisposeAsync();
    }
}
