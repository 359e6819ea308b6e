using Tollgate.Configuration.Declaration;
using Tollgate.Configuration.Drafts;
using Tollgate.Delivery.Alerts;
using Tollgate.Delivery.Alerts.Channels;
using static Tollgate.Configuration.Declaration.SettingTypes;
using static Tollgate.Configuration.Formats.AlertFormat;

namespace Tollgate.Configuration.Formats;

/// <summary>The declaration of the webhooks, and of those of Slack.</summary>
internal static class AlertReceiverFormat
{
    private static readonly Section<ReceiverDraft> Webhook = new([
        new ValueSetting<ReceiverDraft, string>(
            "url",
            Secret,
            static _ => null,
            static (receiver, url) => receiver.Url = url,
            "The URL of the receiver."
        ),
        new ValueSetting<ReceiverDraft, string>(
            "secret",
            Secret,
            static _ => null,
            static (receiver, secret) => receiver.Secret = secret,
            "The signing secret: whsec_ and base64; preferably as ${NAME}."
        ),
    ]);

    private static readonly Section<ReceiverDraft> SlackWebhook = new([
        new ValueSetting<ReceiverDraft, string>(
            "url",
            Secret,
            static _ => null,
            static (receiver, url) => receiver.Url = url,
            "The webhook URL issued by Slack, which is a secret; preferably as ${NAME}."
        ),
    ]);

    public static readonly Setting<ConfigurationDraft> Webhooks = new MapSetting<ConfigurationDraft, ReceiverDraft>(
        "webhooks",
        "Receivers of signed JSON (Standard Webhooks), by name.",
        Webhook,
        AddWebhook
    );

    public static readonly Setting<ConfigurationDraft> Slack = new MapSetting<ConfigurationDraft, ReceiverDraft>(
        "slack",
        "Slack incoming webhooks, by name.",
        SlackWebhook,
        AddSlack
    );

    private static void AddWebhook(ConfigurationDraft draft, string name, ReceiverDraft receiver, LocatedValue place)
    {
        if (IsUnset(receiver, name, place) || ParseUrl(receiver, place) is not { } address)
            return;
        if (receiver.Secret?.Trim() is not { } secret || !WebhookSignature.IsSecret(secret))
            place.Error(
                "A webhook needs a secret: whsec_ and base64 of 16 to 64 bytes. Create one with: echo whsec_$(openssl "
                    + "rand -base64 32)"
            );
        else
            Set(
                draft,
                draft.Settings.Alerts with
                {
                    Webhooks = [.. draft.Settings.Alerts.Webhooks, new WebhookSettings(name, address, secret)],
                }
            );
    }

    private static void AddSlack(ConfigurationDraft draft, string name, ReceiverDraft receiver, LocatedValue place)
    {
        if (IsUnset(receiver, name, place) || ParseUrl(receiver, place) is not { } address)
            return;
        Set(
            draft,
            draft.Settings.Alerts with
            {
                Slacks = [.. draft.Settings.Alerts.Slacks, new SlackSettings(name, address)],
            }
        );
    }

    private static bool IsUnset(ReceiverDraft receiver, string name, LocatedValue place)
    {
        if (receiver.Unset.Count > 0)
            place.Warn($"{string.Join(" and ", receiver.Unset)} is not set, so '{name}' receives nothing.");
        return receiver.Unset.Count > 0 || receiver.IsBroken;
    }

    /// <summary>Parses the URL; if it is invalid, the error does not repeat it.</summary>
    private static Uri? ParseUrl(ReceiverDraft receiver, LocatedValue place)
    {
        if (
            receiver.Url is { } text
            && Uri.TryCreate(text.Trim(), UriKind.Absolute, out var address)
            && address.Scheme is "http" or "https"
            && address.UserInfo.Length == 0
        )
            return address;
        place.Error("'url' must be a URL such as https://example.com/hook, without user info.");
        return null;
    }

    private sealed class ReceiverDraft : Optional
    {
        public string? Url { get; set; }

        public string? Secret { get; set; }
    }
}
