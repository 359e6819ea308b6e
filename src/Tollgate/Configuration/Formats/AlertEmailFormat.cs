using Tollgate.Configuration.Declaration;
using Tollgate.Configuration.Drafts;
using Tollgate.Delivery.Alerts.Channels;
using static Tollgate.Configuration.Declaration.SettingTypes;
using static Tollgate.Configuration.Formats.AlertFormat;

namespace Tollgate.Configuration.Formats;

/// <summary>The declaration of the mail server and its recipients.</summary>
internal static class AlertEmailFormat
{
    private static readonly SettingType<SmtpSecurity?> Protection = Choice<SmtpSecurity?>(
        ("starttls", SmtpSecurity.StartTls),
        ("tls", SmtpSecurity.Tls),
        ("none", SmtpSecurity.None)
    );

    public static readonly SectionSetting<ConfigurationDraft> Section = new(
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
            Smtp(
                ("ehlo_name", null),
                Text,
                static smtp => smtp.EhloName,
                static (smtp, name) => smtp with { EhloName = name },
                "The name by which the gateway introduces itself to the server; default: the machine's."
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
    );

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
}
