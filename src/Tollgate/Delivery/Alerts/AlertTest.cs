using System.Runtime.CompilerServices;
using Tollgate.Accounting.Alerts;
using Tollgate.Delivery.Alerts.Channels;

namespace Tollgate.Delivery.Alerts;

/// <summary>
/// Sends a message through each channel immediately, bypassing the outbox.
/// </summary>
internal static class AlertTest
{
    private static readonly TimeSpan SendTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Sends a message to each recipient, and returns its error; null if it was accepted.</summary>
    /// <param name="settings">The channels and recipients.</param>
    /// <param name="only">Only this channel; null for all.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public static async IAsyncEnumerable<(AlertRoute Route, string? Error)> RunAsync(
        AlertSettings settings,
        string? only,
        TimeProvider clock,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        using var channels = new AlertChannels(settings, clock);
        var alert = TestAlert(clock.GetUtcNow());
        foreach (var route in Routes(settings).Where(route => only is null || route.Channel == only).ToList())
            yield return (
                route,
                await TrySendAsync(channels.ByName[route.Channel], Message(alert, route), clock, cancellationToken)
            );
    }

    /// <summary>Explains why there is nothing to test.</summary>
    public static string DescribeMissingChannel(AlertSettings settings, string? only) =>
        only is null
            ? "No channel is configured. Set alerts.webhooks, alerts.slack, or SMTP_SERVER and NOTIFICATION_EMAIL. "
                + "See docs/alerts.md."
            : $"'{only}' is not a configured channel. Configured channels: "
                + $"{string.Join(", ", Routes(settings).Select(static route => route.Channel).Distinct())}.";

    private static async Task<string?> TrySendAsync(
        IAlertChannel channel,
        AlertDelivery message,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        using var timeout = new CancellationTokenSource(SendTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await channel.SendAsync(message, either.Token);
            return null;
        }
        catch (AlertDeliveryException exception)
        {
            return $"failed: {exception.Message}";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"failed: no response within {SendTimeout.TotalSeconds:0} s.";
        }
    }

    /// <summary>Returns all possible recipients.</summary>
    private static IEnumerable<AlertRoute> Routes(AlertSettings settings) =>
        new AlertRouting(settings with { Rules = [] })
            .Route(TestAlert(default))
            .Concat(settings.Rules.SelectMany(static rule => rule.To))
            .Distinct()
            .Where(route => route.Channel != ChannelNames.Email || settings.Smtp.Server is not null);

    private static Alert TestAlert(DateTimeOffset now) =>
        new()
        {
            Id = Guid.CreateVersion7(now < DateTimeOffset.UnixEpoch ? DateTimeOffset.UnixEpoch : now),
            Key = "test",
            Kind = AlertKind.Test,
            Subject = "test",
            Text = "This is a test. If you received it, you will receive this gateway's alerts, too.",
            CreatedAt = now,
        };

    private static AlertDelivery Message(Alert alert, AlertRoute route) =>
        new()
        {
            Id = Guid.CreateVersion7(alert.CreatedAt),
            Alert = alert,
            Route = route,
            State = DeliveryState.Due,
            Attempts = 0,
            NextAt = alert.CreatedAt,
        };
}
