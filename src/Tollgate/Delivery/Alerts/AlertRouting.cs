using Tollgate.Accounting.Alerts;
using Tollgate.Delivery.Alerts.Channels;

namespace Tollgate.Delivery.Alerts;

/// <summary>Routes an alert: by the rules that match it, otherwise to all recipients.</summary>
internal sealed class AlertRouting(AlertSettings settings)
{
    private readonly AlertRoute[] _allRecipients = [.. AllRecipients(settings)];

    /// <summary>Returns the routes of an alert; none if there are no recipients.</summary>
    public IReadOnlyList<AlertRoute> Route(Alert alert)
    {
        var fitting = settings
            .Rules.Where(rule => Matches(rule, alert))
            .SelectMany(static rule => rule.To)
            .Where(route => route.Channel != ChannelNames.Email || settings.Smtp.Server is not null)
            .Distinct()
            .ToList();
        return fitting.Count > 0 ? fitting : _allRecipients;
    }

    private static bool Matches(AlertRule rule, Alert alert) =>
        rule.Kinds?.Contains(alert.Kind) != false
        && rule.Limits?.Any(limit => limit == alert.Crossing?.LimitId || limit == alert.Crossing?.LimitName) != false
        && (rule.Threshold is not { } threshold || IsFirstPassed(threshold, alert.Crossing));

    /// <summary>
    /// True if this alert is the first to cross a threshold: of several crossed at once only the highest is reported,
    /// to the recipients of all of them.
    /// </summary>
    private static bool IsFirstPassed(int threshold, LimitCrossing? crossing) =>
        crossing is not null && threshold > crossing.PreviousThreshold && threshold <= crossing.Threshold;

    private static IEnumerable<AlertRoute> AllRecipients(AlertSettings settings)
    {
        if (settings.Smtp.Server is not null)
            foreach (var address in settings.Emails)
                yield return new AlertRoute(ChannelNames.Email, address);
        foreach (var webhook in settings.Webhooks)
            yield return new AlertRoute(ChannelNames.WebhookPrefix + webhook.Name);
        foreach (var slack in settings.Slacks)
            yield return new AlertRoute(ChannelNames.SlackPrefix + slack.Name);
    }
}
