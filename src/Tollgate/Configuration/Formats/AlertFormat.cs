using System.Globalization;
using Tollgate.Configuration.Declaration;
using Tollgate.Configuration.Drafts;
using Tollgate.Delivery.Alerts.Channels;
using static Tollgate.Configuration.Declaration.SettingTypes;

namespace Tollgate.Configuration.Formats;

/// <summary>The declaration of the alert settings.</summary>
internal static class AlertFormat
{
    public static readonly SectionSetting<ConfigurationDraft> Section = new(
        "alerts",
        "Recipients of alerts when limits are nearly exhausted, "
            + "and of other events that need attention. See docs/alerts.md.",
        new([
            AlertEmailFormat.Section,
            AlertReceiverFormat.Webhooks,
            AlertReceiverFormat.Slack,
            AlertRuleFormat.Rules,
            new TextListSetting<ConfigurationDraft>(
                "default_thresholds",
                LimitFormat.Percent,
                static draft =>
                    [
                        .. draft.Settings.Alerts.DefaultThresholds.Select(static part =>
                            part.ToString(CultureInfo.InvariantCulture)
                        ),
                    ],
                static (draft, parts) =>
                    Set(
                        draft,
                        draft.Settings.Alerts with
                        {
                            DefaultThresholds =
                            [
                                .. parts
                                    .Select(static part => int.Parse(part, CultureInfo.InvariantCulture))
                                    .Distinct()
                                    .Order(),
                            ],
                        }
                    ),
                "The thresholds, in percent, of cost limits without alert_at, if an email server, a webhook or Slack "
                    + "is configured. [] means none."
            )
            {
                AllowsEmpty = true,
            },
            new ValueSetting<ConfigurationDraft, long>(
                "backlog_records",
                Integer(1, 1_000_000_000),
                static draft => draft.Settings.Alerts.BacklogRecords,
                static (draft, count) => Set(draft, draft.Settings.Alerts with { BacklogRecords = count }),
                "The maximum number of records waiting for the database server before an alert is sent."
            ),
            new ValueSetting<ConfigurationDraft, TimeSpan>(
                "backlog_age",
                Duration,
                static draft => draft.Settings.Alerts.BacklogAge,
                static (draft, age) => Set(draft, draft.Settings.Alerts with { BacklogAge = age }),
                "The maximum time that a record may wait before an alert is sent."
            ),
        ])
    );

    /// <summary>Replaces the alert settings of a draft.</summary>
    public static void Set(ConfigurationDraft draft, AlertSettings alerts) =>
        draft.Settings = draft.Settings with { Alerts = alerts };
}
