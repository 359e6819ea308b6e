using Tollgate.Api;
using Tollgate.Configuration.Settings;

namespace Tollgate.Hosting;

/// <summary>
/// Removes every hour what the management API no longer needs: ended sessions, attempts, and stored responses.
/// </summary>
internal sealed class SignInCleanUp(
    IServiceProvider services,
    GatewaySettings settings,
    TimeProvider clock,
    ILogger<SignInCleanUp> logger
) : PeriodicService(TimeSpan.FromHours(1), clock, logger)
{
    protected override Task RunRoundAsync(CancellationToken cancellationToken) =>
        settings.Parts.HasFlag(ServedParts.Api)
            ? services.CleanUpTollgateApiAsync(cancellationToken)
            : Task.CompletedTask;
}
