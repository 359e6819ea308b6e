using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tollgate.Accounting.Tracking;

namespace Tollgate.Accounting.Hosting;

/// <summary>
/// Opens the ledger when a host starts, before any other service does: a ledger that cannot be opened fails the start,
/// not the first call.
/// </summary>
internal sealed class LedgerStartup(LedgerOpening opening, IServiceProvider services) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await opening.OpenAsync().WaitAsync(cancellationToken);
        // From here on the container owns the parts, and disposes of them in the right order.
        services.GetRequiredService<UsageTracker>();
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Not here: services that stop later may still record. Disposal closes the ledger.
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
