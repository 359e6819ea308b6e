using Tollgate.Accounting.Alerts;
using Tollgate.Configuration.Declaration;
using Tollgate.Configuration.Drafts;
using Tollgate.Delivery.Alerts.Channels;
using Tollgate.Delivery.Alerts.Smtp;
using Tollgate.Operations.Text;
using static Tollgate.Configuration.Declaration.SettingTypes;
using static Tollgate.Configuration.Formats.AlertFormat;

namespace Tollgate.Configuration.Formats;

/// <summary>The declaration of the rules that send particular alerts to particular recipients.</summary>
internal static class AlertRuleFormat
{
    private static readonly SettingType<string> KindName = Choice(SnakeCase.All<AlertKind>())
        .WithFormer("limit_spent", SnakeCase.From(AlertKind.LimitExhausted));

    private static readonly Section<RuleDraft> Rule = new([
        new TextListSetting<RuleDraft>(
            "kinds",
            KindName,
            static _ => [],
            static (rule, kinds) => rule.Kinds = kinds,
            "The kinds of alerts that the rule applies to; default: all."
        ),
        new TextListSetting<RuleDraft>(
            "limits",
            Text,
            static _ => [],
            static (rule, limits) => rule.Limits = limits,
            "The limits that the rule applies to, by id or name; default: all."
        ),
        new ValueSetting<RuleDraft, long?>(
            "threshold",
            new SettingType<long?>("number", "a whole number from 1 to 1000", ReadThreshold, static value => $"{value}")
            {
                JsonType = "integer",
            },
            static rule => rule.Threshold,
            static (rule, percent) => rule.Threshold = percent,
            "The threshold of a limit that the rule applies to, in percent; default: all."
        ),
        new TextListSetting<RuleDraft>(
            "to",
            Text,
            static _ => [],
            static (rule, to) => rule.To = to,
            "The recipients: email:ADDRESS, webhook:NAME or slack:NAME."
        ),
    ]);

    public static readonly Setting<ConfigurationDraft> Rules = new ListSetting<ConfigurationDraft, RuleDraft>(
        "rules",
        "Recipients of particular alerts, instead of all recipients. All matching rules apply.",
        Rule,
        AddRule
    );

    private static void AddRule(ConfigurationDraft draft, RuleDraft rule, LocatedValue place)
    {
        var routes = new List<AlertRoute>();
        foreach (var text in rule.To)
        {
            var address = text.StartsWith("email:", StringComparison.Ordinal) ? text["email:".Length..].Trim() : null;
            if (address is null)
                routes.Add(new AlertRoute(text));
            else if (Mailbox.IsValid(address))
                routes.Add(new AlertRoute(ChannelNames.Email, address));
            else
                place.Error($"'{address}' is not {Email.Expected}.");
        }

        if (rule.To.Count == 0)
            place.Error("A rule needs 'to': email:ADDRESS, webhook:NAME or slack:NAME.");
        IReadOnlyList<AlertKind>? kinds = rule.Kinds is null
            ? null
            : [.. Enum.GetValues<AlertKind>().Where(kind => rule.Kinds.Contains(SnakeCase.From(kind)))];
        Set(
            draft,
            draft.Settings.Alerts with
            {
                Rules =
                [
                    .. draft.Settings.Alerts.Rules,
                    new AlertRule(kinds, rule.Limits, (int?)rule.Threshold, routes),
                ],
            }
        );
    }

    private static bool ReadThreshold(string text, string folder, out long? value)
    {
        var isRead = Integer(1, 1000).TryRead(text, folder, out var percent);
        value = percent;
        return isRead;
    }

    private sealed class RuleDraft
    {
        public IReadOnlyList<string>? Kinds { get; set; }

        public IReadOnlyList<string>? Limits { get; set; }

        public long? Threshold { get; set; }

        public IReadOnlyList<string> To { get; set; } = [];
    }
}
