using System.Globalization;
using System.Net.Http.Headers;
using Tollgate.Accounting.Alerts;
using Tollgate.Delivery.Alerts.Channels;

namespace Tollgate.Delivery.Alerts;

/// <summary>Posts signed JSON, according to Standard Webhooks.</summary>
internal sealed class WebhookChannel(WebhookSettings settings, HttpClient client, TimeProvider clock) : IAlertChannel
{
    private readonly WebhookSignature _signature = WebhookSignature.Parse(settings.Secret);

    public string Name => ChannelNames.WebhookPrefix + settings.Name;

    public async Task SendAsync(AlertDelivery message, CancellationToken cancellationToken)
    {
        var body = AlertPayload.Serialize(message.Alert);
        var id = $"msg_{message.Id:N}";
        // The time of the attempt: receivers reject old timestamps to prevent replays.
        var timestamp = clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, settings.Url)
        {
            Content = new ByteArrayContent(body),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", timestamp);
        request.Headers.Add("webhook-signature", _signature.Sign(id, timestamp, body));
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("tollgate", null));
        await HttpDelivery.SendAsync(client, request, cancellationToken);
    }
}
