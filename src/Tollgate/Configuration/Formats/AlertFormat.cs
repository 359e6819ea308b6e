using System.Globalization;
using Tollgate.Accounting.Alerts;
using Tollgate.Configuration.Declaration;
using Tollgate.Configuration.Drafts;
using Tollgate.Delivery.Alerts;
using Tollgate.Delivery.Alerts.Channels;
using Tollgate.Delivery.Alerts.Smtp;
using Tollgate.Naming;
using static Tollgate.Configuration.Declaration.SettingTypes;

namespace Tollgate.Configuration.Formats;

/// <summary>The declaration of who is told of what.</summary>
internal static class AlertFormat
{
    private static readonly SettingType<SmtpSecurity?> Protection = Choice<SmtpSecurity?>(
        ("starttls", SmtpSecurity.StartTls),
        ("tls", SmtpSecurity.Tls),
        ("none", SmtpSecurity.None)
    );

    private static readonly SettingType<string> KindName = Choice(SnakeCase.All<AlertKind>());

    private static readonly Section<ReceiverDraft> Webhook = new([
        new ValueSetting<ReceiverDraft, string>(
            "url",
            Secret,
            static _ => null,
            static (receiver, url) => receiver.Url = url,
            "Where it listens."
        ),
        new ValueSetting<ReceiverDraft, string>(
            "secret",
            Secret,
            static _ => null,
            static (receiver, secret) => receiver.Secret = secret,
            "The key of its signatures: whsec_ and base64; best as ${NAME}."
        ),
    ]);

    private static readonly Section<ReceiverDraft> Slack = new([
        new ValueSetting<ReceiverDraft, string>(
            "url",
            Secret,
            static _ => null,
            static (receiver, url) => receiver.Url = url,
            "The address that Slack gives out, which is a secret; best as ${NAME}."
        ),
    ]);

    private static readonly Section<RuleDraft> Rule = new([
        new TextListSetting<RuleDraft>(
            "kinds",
            KindName,
            static _ => [],
            static (rule, kinds) => rule.Kinds = kinds,
            "Of which kinds of alerts; left out, of all."
        ),
        new TextListSetting<RuleDraft>(
            "limits",
            Text,
            static _ => [],
            static (rule, limits) => rule.Limits = limits,
            "Of which limits, by id or name; left out, of all."
        ),
        new ValueSetting<RuleDraft, long?>(
            "threshold",
            new SettingType<long?>("number", "a whole number from 1 to 1000", ReadThreshold, static value => $"{value}")
            {
                JsonType = "integer",
            },
            static rule => rule.Threshold,
            static (rule, percent) => rule.Threshold = percent,
            "Of which threshold of a limit, in percent; left out, of all."
        ),
        new TextListSetting<RuleDraft>(
            "to",
            Text,
            static _ => [],
            static (rule, to) => rule.To = to,
            "Who is told: email:ADDRESS, webhook:NAME or slack:NAME."
        ),
    ]);

    public static readonly SectionSetting<GateDraft> Section = new(
        "alerts",
        "Who is told when limits are nearly spent, and of what else needs a person. See docs/alerts.md.",
        new([
            new SectionSetting<GateDraft>(
                "email",
                "The mail server, and who gets the alerts that no rule sends elsewhere.",
                new([
                    Smtp(
                        "server",
                        Text,
                        static smtp => smtp.Server,
                        static (smtp, name) => smtp with { Server = name },
                        "Its name; left out, no e-mail is sent.",
                        "SMTP_SERVER"
                    ),
                    Smtp(
                        "port",
                        Integer(1, 65535),
                        static smtp => smtp.Port,
                        static (smtp, port) => smtp with { Port = (int)port },
                        "Its port.",
                        "SMTP_PORT"
                    ),
                    Smtp(
                        "security",
                        Protection,
                        static smtp => smtp.Security,
                        static (smtp, way) => smtp with { Security = way },
                        "How the connection is protected; left out, tls on port 465, else starttls, without which "
                            + "nothing is sent. none is for a server on this machine."
                    ),
                    Smtp(
                        "username",
                        Text,
                        static smtp => smtp.Username,
                        static (smtp, name) => smtp with { Username = name },
                        "Who logs in; left out, nobody does.",
                        "SMTP_USERNAME"
                    ),
                    Smtp(
                        "password",
                        Secret,
                        static _ => null,
                        static (smtp, password) => smtp with { Password = password },
                        "The password; best as ${NAME}.",
                        "SMTP_PASSWORD"
                    ),
                    Smtp(
                        "from",
                        Email,
                        static smtp => smtp.From,
                        static (smtp, address) => smtp with { From = address },
                        "The sender's address; left out, the username where that is one.",
                        "SMTP_FROM_ADDRESS"
                    ),
                    Smtp(
                        "trust",
                        SettingTypes.Path,
                        static smtp => smtp.Trust,
                        static (smtp, file) => smtp with { Trust = file },
                        "A file of certificates (PEM) that may have signed the server's, in place of the system's. "
                            + "Relative to this file."
                    ),
                    new TextListSetting<GateDraft>(
                        "to",
                        Email,
                        static gate => gate.Settings.Alerts.Emails,
                        static (gate, addresses) => Set(gate, gate.Settings.Alerts with { Emails = addresses }),
                        "Who gets e-mail."
                    )
                    {
                        Variable = "NOTIFICATION_EMAIL",
                    },
                ])
            ),
            new MapSetting<GateDraft, ReceiverDraft>(
                "webhooks",
                "Receivers of signed JSON (Standard Webhooks), by name.",
                Webhook,
                AddWebhook
            ),
            new MapSetting<GateDraft, ReceiverDraft>("slack", "Slack's incoming webhooks, by name.", Slack, AddSlack),
            new ListSetting<GateDraft, RuleDraft>(
                "rules",
                "Who is told of some alerts, in place of everybody: all rules that fit an alert.",
                Rule,
                AddRule
            ),
            new TextListSetting<GateDraft>(
                "default_thresholds",
                LimitFormat.Percent,
                static gate =>
                    [
                        .. gate.Settings.Alerts.DefaultThresholds.Select(static part =>
                            part.ToString(CultureInfo.InvariantCulture)
                        ),
                    ],
                static (gate, parts) =>
                    Set(
                        gate,
                        gate.Settings.Alerts with
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
                "The thresholds of limits on cost that have no alert_at, in percent, where an e-mail server, a "
                    + "webhook or Slack is configured. [] is none."
            )
            {
                TakesNone = true,
            },
            new ValueSetting<GateDraft, long>(
                "backlog_records",
                Integer(1, 1_000_000_000),
                static gate => gate.Settings.Alerts.BacklogRecords,
                static (gate, count) => Set(gate, gate.Settings.Alerts with { BacklogRecords = count }),
                "Records that may wait for the database server before somebody is told."
            ),
            new ValueSetting<GateDraft, TimeSpan>(
                "backlog_age",
                Duration,
                static gate => gate.Settings.Alerts.BacklogAge,
                static (gate, age) => Set(gate, gate.Settings.Alerts with { BacklogAge = age }),
                "How long a record may wait for it."
            ),
        ])
    );

    private static void Set(GateDraft gate, AlertSettings alerts) =>
        gate.Settings = gate.Settings with { Alerts = alerts };

    private static ValueSetting<GateDraft, T> Smtp<T>(
        string name,
        SettingType<T> type,
        Func<SmtpSettings, T?> get,
        Func<SmtpSettings, T, SmtpSettings> set,
        string description,
        string? variable = null
    ) =>
        new(
            name,
            type,
            gate => get(gate.Settings.Alerts.Smtp),
            (gate, value) => Set(gate, gate.Settings.Alerts with { Smtp = set(gate.Settings.Alerts.Smtp, value) }),
            description
        )
        {
            Variable = variable,
        };

    private static void AddWebhook(GateDraft gate, string name, ReceiverDraft receiver, Located place)
    {
        if (IsUnset(receiver, name, place) || AddressOf(receiver, place) is not { } address)
            return;
        if (receiver.Secret?.Trim() is not { } secret || !WebhookSignature.IsSecret(secret))
            place.Error(
                "A webhook needs a secret: whsec_ and base64 of 16 to 64 bytes. Make one with: echo whsec_$(openssl "
                    + "rand -base64 32)"
            );
        else
            Set(
                gate,
                gate.Settings.Alerts with
                {
                    Webhooks = [.. gate.Settings.Alerts.Webhooks, new WebhookSettings(name, address, secret)],
                }
            );
    }

    private static void AddSlack(GateDraft gate, string name, ReceiverDraft receiver, Located place)
    {
        if (IsUnset(receiver, name, place) || AddressOf(receiver, place) is not { } address)
            return;
        Set(
            gate,
            gate.Settings.Alerts with
            {
                Slacks = [.. gate.Settings.Alerts.Slacks, new SlackSettings(name, address)],
            }
        );
    }

    private static bool IsUnset(ReceiverDraft receiver, string name, Located place)
    {
        if (receiver.Unset.Count > 0)
            place.Warn($"{string.Join(" and ", receiver.Unset)} is not set, so '{name}' gets nothing.");
        return receiver.Unset.Count > 0 || receiver.IsBroken;
    }

    /// <summary>The address; where it is none, that is said without repeating it.</summary>
    private static Uri? AddressOf(ReceiverDraft receiver, Located place)
    {
        if (
            receiver.Url is { } text
            && Uri.TryCreate(text.Trim(), UriKind.Absolute, out var address)
            && address.Scheme is "http" or "https"
            && address.UserInfo.Length == 0
        )
            return address;
        place.Error("It needs a url such as https://example.com/hook, without a user in it.");
        return null;
    }

    private static void AddRule(GateDraft gate, RuleDraft rule, Located place)
    {
        var routes = new List<AlertRoute>();
        foreach (var text in rule.To)
        {
            var address = text.StartsWith("email:", StringComparison.Ordinal) ? text["email:".Length..].Trim() : null;
            if (address is null)
                routes.Add(new AlertRoute(text));
            else if (MailAddressText.IsAddress(address))
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
            gate,
            gate.Settings.Alerts with
            {
                Rules =
                [
                    .. gate.Settings.Alerts.Rules,
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
