using System.Data.Common;
using Tollgate.Accounting;

namespace Tollgate.Hosting;

/// <summary>A task that is repeated at an interval, first after one interval, as long as the gateway runs.</summary>
internal abstract partial class PeriodicService(TimeSpan interval, TimeProvider clock, ILogger logger)
    : IHostedService,
        IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly PeriodicTimer _timer = new(interval, clock);
    private Task _running = Task.CompletedTask;

    /// <summary>The log of the service.</summary>
    protected ILogger Logger { get; } = logger;

    /// <inheritdoc/>
    public virtual Task StartAsync(CancellationToken cancellationToken)
    {
        _running = RunAsync();
        return Task.CompletedTask;
    }

    /// <summary>
    /// Stops, and waits for a round under way even if the stop is already urgent, because what it uses is closed next.
    /// </summary>
    public virtual async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _running;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer.Dispose();
        _stop.Dispose();
    }

    /// <summary>Does the task once; the token is canceled when the gateway stops.</summary>
    protected abstract Task RunRoundAsync(CancellationToken cancellationToken);

    private async Task RunAsync()
    {
        while (await TickAsync())
        {
            try
            {
                await RunRoundAsync(_stop.Token);
            }
            catch (Exception exception) when (IsTransient(exception))
            {
                // A store cannot be reached now, which /health reports; the next round tries again.
            }
            catch (Exception exception)
            {
                LogFailure(Logger, GetType().Name, exception);
            }
        }
    }

    private async Task<bool> TickAsync()
    {
        try
        {
            return await _timer.WaitForNextTickAsync(_stop.Token);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static bool IsTransient(Exception exception) =>
        exception
            is LedgerUnavailableException
                or LedgerSchemaException
                or IOException
                or DbException
                or OperationCanceledException;

    [LoggerMessage(49, LogLevel.Error, "A round of {Service} failed; the next one tries again.")]
    private static partial void LogFailure(ILogger logger, string service, Exception exception);
}
