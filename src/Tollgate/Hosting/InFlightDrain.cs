using Tollgate.Gateway;

namespace Tollgate.Hosting;

/// <summary>
/// Once the web server has stopped, waits until the calls that it dropped are recorded, before anything that records
/// them stops.
/// </summary>
internal sealed partial class InFlightDrain(InFlightCalls calls, ILogger<InFlightDrain> logger) : IHostedService
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (!await calls.DrainAsync(Timeout))
            LogUnrecorded(logger, calls.Count);
    }

    [LoggerMessage(
        50,
        LogLevel.Warning,
        "{Count} calls in flight could not be recorded in time; the next start records them."
    )]
    private static partial void LogUnrecorded(ILogger logger, long count);
}
