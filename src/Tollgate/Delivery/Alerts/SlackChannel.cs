using System.Text.Json.Serialization;
using Tollgate.Accounting.Alerts;
using Tollgate.Delivery.Alerts.Channels;

namespace Tollgate.Delivery.Alerts;

/// <summary>
/// Posts a line to Slack's incoming webhook. Slack does not deduplicate: after a lost response the line appears twice.
/// </summary>
internal sealed partial class SlackChannel(SlackSettings settings, HttpClient client) : IAlertChannel
{
    public string Name => ChannelNames.SlackPrefix + settings.Name;

    public async Task SendAsync(AlertDelivery message, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, settings.Url)
        {
            Content = JsonContent.Create(new Line(FormatText(message.Alert)), LineJson.Default.Line),
        };
        await HttpDelivery.SendAsync(client, request, cancellationToken);
    }

    /// <summary>
    /// Slack treats &lt;, &gt; and &amp; as markup: a name must not become a link or mention everyone.
    /// </summary>
    private static string FormatText(Alert alert) =>
        "Tollgate: "
        + alert
            .Text.Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal);

    /// <summary>A message of one line.</summary>
    private sealed record Line(string Text);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
    [JsonSerializable(typeof(Line))]
    private sealed partial class LineJson : JsonSerializerContext;
}
