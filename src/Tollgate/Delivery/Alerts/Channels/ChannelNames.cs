namespace Tollgate.Delivery.Alerts.Channels;

/// <summary>The names by which alert rules refer to channels.</summary>
internal static class ChannelNames
{
    /// <summary>The email channel.</summary>
    public const string Email = "email";

    /// <summary>The prefix of each webhook's name.</summary>
    public const string WebhookPrefix = "webhook:";

    /// <summary>The prefix of each Slack webhook's name.</summary>
    public const string SlackPrefix = "slack:";
}
