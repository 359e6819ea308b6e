using Tollgate.Delivery.Alerts.Channels;
using Tollgate.Operations.Problems;

namespace Tollgate.Configuration;

/// <summary>Checks alert settings that are valid separately but conflict with each other.</summary>
internal static class AlertChecks
{
    public static void Check(AlertSettings alerts, string place, ProblemList problems)
    {
        var smtp = alerts.Smtp;
        var writes =
            alerts.Emails.Count > 0
            || alerts.Rules.Any(static rule => rule.To.Any(static route => route.Channel == ChannelNames.Email));
        if (smtp.Server is not null && writes && smtp.Sender is null)
            problems.Error(
                place,
                "alerts.email.from",
                "Email needs a sender address. Set alerts.email.from (SMTP_FROM_ADDRESS)."
            );
        if (smtp.Server is null && writes)
            problems.Warn(
                place,
                "alerts.email.server",
                "There are email recipients but no mail server, so no email is sent. "
                    + "Set alerts.email.server (SMTP_SERVER)."
            );
        if (smtp.Protection == SmtpSecurity.None && smtp.Username is not null)
            problems.Error(
                place,
                "alerts.email.security",
                "A password is not sent unencrypted. Choose starttls or tls, or remove the username."
            );

        var known = KnownChannels(alerts).ToHashSet(StringComparer.Ordinal);
        foreach (
            var channel in alerts
                .Rules.SelectMany(static rule => rule.To)
                .Select(static route => route.Channel)
                .Distinct()
                .Where(channel => channel != ChannelNames.Email && !known.Contains(channel))
        )
            problems.Error(
                place,
                "alerts.rules",
                $"'{channel}' is not a valid channel. Valid channels: {string.Join(", ", [.. known, "email:ADDRESS"])}."
            );
    }

    private static IEnumerable<string> KnownChannels(AlertSettings alerts) =>
        [
            .. alerts.Webhooks.Select(static webhook => ChannelNames.WebhookPrefix + webhook.Name),
            .. alerts.Slacks.Select(static slack => ChannelNames.SlackPrefix + slack.Name),
        ];
}
