using System.Data.Common;
using Tollgate.Accounting.Ledger;

namespace Tollgate.Hosting;

/// <summary>
/// Checks every minute whether another gateway on this ledger has died, and records its calls in flight.
/// </summary>
internal sealed class RecoveryTimer : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly UsageLedger _ledger;
    private readonly PeriodicTimer _timer;
    private readonly Task _running;

    public RecoveryTimer(UsageLedger ledger, TimeProvider clock)
    {
        _ledger = ledger;
        _timer = new PeriodicTimer(Interval, clock);
        _running = RunAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _timer.Dispose();
        await _running;
    }

    private async Task RunAsync()
    {
        while (await _timer.WaitForNextTickAsync())
        {
            try
            {
                await _ledger.RecoverAsync();
            }
            catch (Exception exception) when (exception is IOException or InvalidOperationException or DbException)
            {
                // The ledger cannot be written now, which /health reports; the next minute tries again.
            }
        }
    }
}
