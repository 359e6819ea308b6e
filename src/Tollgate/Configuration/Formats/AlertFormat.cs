using System.Globalization;
using Tollgate.Accounting.Alerts;
using Tollgate.Configuration.Declaration;
using Tollgate.Configuration.Drafts;
using Tollgate.Delivery.Alerts;
using Tollgate.Delivery.Alerts.Channels;
using Tollgate.Delivery.Alerts.Smtp;
using Tollgate.Operations.Text;
using static Tollgate.Configuration.Declaration.SettingTypes;

namespace Tollgate.Configuration.Formats;

/// <summary>The declaration of the alert settings.</summary>
internal static class AlertFormat
{
    private static readonly SettingType<SmtpSecurity?> Protection = Choice<SmtpSecurity?>(
        ("starttls", SmtpSecurity.StartTls),
        ("tls", SmtpSecurity.Tls),
        ("none", SmtpSecurity.None)
    );

    private static readonly SettingType<string> KindName = Choice(SnakeCase.All<AlertKind>())
        .WithFormer("limit_spent", SnakeCase.From(AlertKind.LimitExhausted));

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

    private static readonly Section<ReceiverDraft> Slack = new([
        new ValueSetting<ReceiverDraft, string>(
            "url",
            Secret,
            static _ => null,
            static (receiver, url) => receiver.Url = url,
            "The webhook URL issued by Slack, which is a secret; preferably as ${NAME}."
        ),
    ]);

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

    public static readonly SectionSetting<ConfigurationDraft> Section = new(
        "alerts",
        "Recipients of alerts when limits are nearly exhausted, and of other events that need attention. See "
            + "docs/alerts.md.",
        new([
            new SectionSetting<ConfigurationDraft>(
                "email",
                "The mail server, and the recipients of alerts that no rule sends elsewhere.",
                new([
                    Smtp(
                        ("server", "SMTP_SERVER"),
                        Text,
                        static smtp => smtp.Server,
                        static (smtp, name) => smtp with { Server = name },
                        "The server's host name; if omitted, no email is sent."
                    ),
                    Smtp(
                        ("port", "SMTP_PORT"),
                        Integer(1, 65535),
                        static smtp => smtp.Port,
                        static (smtp, port) => smtp with { Port = (int)port },
                        "The server's port."
                    ),
                    Smtp(
                        ("security", null),
                        Protection,
                        static smtp => smtp.Security,
                        static (smtp, way) => smtp with { Security = way },
                        "How the connection is encrypted; default: tls on port 465, otherwise starttls, which is "
                            + "required then. none is for a server on this machine."
                    ),
                    Smtp(
                        ("username", "SMTP_USERNAME"),
                        Text,
                        static smtp => smtp.Username,
                        static (smtp, name) => smtp with { Username = name },
                        "The user name; if omitted, there is no login."
                    ),
                    Smtp(
                        ("password", "SMTP_PASSWORD"),
                        Secret,
                        static _ => null,
                        static (smtp, password) => smtp with { Password = password },
                        "The password; preferably as ${NAME}."
                    ),
                    Smtp(
                        ("from", "SMTP_FROM_ADDRESS"),
                        Email,
                        static smtp => smtp.From,
                        static (smtp, address) => smtp with { From = address },
                        "The sender address; default: the username, if that is an email address."
                    ),
                    Smtp(
                        ("trust", null),
                        SettingTypes.Path,
                        static smtp => smtp.Trust,
                        static (smtp, file) => smtp with { Trust = file },
                        "A file of CA certificates (PEM) to trust for this server instead of the system's. Relative "
                            + "to this file."
                    ),
                    new TextListSetting<ConfigurationDraft>(
                        "to",
                        Email,
                        static draft => draft.Settings.Alerts.Emails,
                        static (draft, addresses) => Set(draft, draft.Settings.Alerts with { Emails = addresses }),
                        "The recipients."
                    )
                    {
                        Variable = "NOTIFICATION_EMAIL",
                    },
                ])
            ),
            new MapSetting<ConfigurationDraft, ReceiverDraft>(
                "webhooks",
                "Receivers of signed JSON (Standard Webhooks), by name.",
                Webhook,
                AddWebhook
            ),
            new MapSetting<ConfigurationDraft, ReceiverDraft>(
                "slack",
                "Slack incoming webhooks, by name.",
                Slack,
                AddSlack
            ),
            new ListSetting<ConfigurationDraft, RuleDraft>(
                "rules",
                "Recipients of particular alerts, instead of all recipients. All matching rules apply.",
                Rule,
                AddRule
            ),
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

    private static void Set(ConfigurationDraft draft, AlertSettings alerts) =>
        draft.Settings = draft.Settings with { Alerts = alerts };

    private static ValueSetting<ConfigurationDraft, T> Smtp<T>(
        (string Key, string? Variable) name,
        SettingType<T> type,
        Func<SmtpSettings, T?> get,
        Func<SmtpSettings, T, SmtpSettings> set,
        string description
    ) =>
        new(
            name.Key,
            type,
            draft => get(draft.Settings.Alerts.Smtp),
            (draft, value) => Set(draft, draft.Settings.Alerts with { Smtp = set(draft.Settings.Alerts.Smtp, value) }),
            description
        )
        {
            Variable = name.Variable,
        };

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

    private sealed class ReceiverDraft : Optional
    {
        public string? Url { get; set; }

        public string? Secret { get; set; }
    }

    private sealed class RuleDraft
    {
        public IReadOnlyList<string>? Kinds { get; set; }

        public IReadOnlyList<string>? Limits { get; set; }

        public long? Threshold { get; set; }

        public IReadOnlyList<string> To { get; set; } = [];
    }
}
