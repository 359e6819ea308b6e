using Tollgate.Delivery.Alerts.Channels;
using Tollgate.Delivery.Alerts.Smtp;

namespace Tollgate.Delivery.Alerts;

/// <summary>The configured channels, by name.</summary>
internal sealed class AlertChannels : IDisposable
{
    private readonly HttpClient _client = new(
        new SocketsHttpHandler
        {
            // A redirect would send the signed message to an address that is not configured.
            AllowAutoRedirect = false,
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        }
    )
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    public AlertChannels(AlertSettings settings, TimeProvider clock)
    {
        var channels = new List<IAlertChannel>();
        if (settings.Smtp.Server is not null)
            channels.Add(new SmtpChannel(settings.Smtp, clock));
        channels.AddRange(settings.Webhooks.Select(webhook => new WebhookChannel(webhook, _client, clock)));
        channels.AddRange(settings.Slacks.Select(slack => new SlackChannel(slack, _client)));
        ByName = channels.ToDictionary(static channel => channel.Name, StringComparer.Ordinal);
    }

    /// <summary>The channels.</summary>
    public IReadOnlyDictionary<string, IAlertChannel> ByName { get; }

    public void Dispose() => _client.Dispose();
}
