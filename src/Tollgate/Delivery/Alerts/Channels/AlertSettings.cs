using Tollgate.Accounting.Alerts;

namespace Tollgate.Delivery.Alerts.Channels;

/// <summary>The recipients and channels of alerts.</summary>
internal sealed record AlertSettings
{
    /// <summary>The mail server; without its address no email is sent.</summary>
    public SmtpSettings Smtp { get; init; } = new();

    /// <summary>The recipients of emails that no rule sends elsewhere.</summary>
    public IReadOnlyList<string> Emails { get; init; } = [];

    /// <summary>Receivers of signed JSON.</summary>
    public IReadOnlyList<WebhookSettings> Webhooks { get; init; } = [];

    /// <summary>Slack incoming webhooks.</summary>
    public IReadOnlyList<SlackSettings> Slacks { get; init; } = [];

    /// <summary>Recipients of particular alerts, instead of all recipients.</summary>
    public IReadOnlyList<AlertRule> Rules { get; init; } = [];

    /// <summary>The thresholds, in percent, of cost limits without their own.</summary>
    public IReadOnlyList<int> DefaultThresholds { get; init; } = [50, 80, 95, 100];

    /// <summary>True if any channel is configured.</summary>
    public bool HasDelivery => Smtp.Server is not null || Webhooks.Count > 0 || Slacks.Count > 0;

    /// <summary>The maximum number of records waiting for the database server before an alert is sent.</summary>
    public long BacklogRecords { get; init; } = 10_000;

    /// <summary>The maximum time that a record may wait before an alert is sent.</summary>
    public TimeSpan BacklogAge { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Omits the secrets.</summary>
    public override string ToString() => nameof(AlertSettings);
}

/// <summary>The encryption of the connection to a mail server.</summary>
internal enum SmtpSecurity
{
    /// <summary>It starts unencrypted and must be upgraded before anything is sent.</summary>
    StartTls,

    /// <summary>It is encrypted from the first byte.</summary>
    Tls,

    /// <summary>It is not encrypted. Only for a server on this machine; a password is not sent.</summary>
    None,
}

/// <summary>The mail server.</summary>
internal sealed record SmtpSettings
{
    /// <summary>Its host name; null if there is none.</summary>
    public string? Server { get; init; }

    /// <summary>Its port.</summary>
    public int Port { get; init; } = 587;

    /// <summary>The encryption; null means TLS on port 465, otherwise STARTTLS.</summary>
    public SmtpSecurity? Security { get; init; }

    /// <summary>The user name; null for no login.</summary>
    public string? Username { get; init; }

    /// <summary>The password. Never printed.</summary>
    public string? Password { get; init; }

    /// <summary>The sender address; null means the user name, if that is an address.</summary>
    public string? From { get; init; }

    /// <summary>A file of CA certificates (PEM) to trust for this server instead of the system's.</summary>
    public string? Trust { get; init; }

    /// <summary>The name by which the client introduces itself; null means the machine's.</summary>
    public string? EhloName { get; init; }

    /// <summary>The effective sender address; null if there is none.</summary>
    public string? Sender => From ?? (Username?.Contains('@') == true ? Username : null);

    /// <summary>The effective encryption.</summary>
    public SmtpSecurity Protection => Security ?? (Port == 465 ? SmtpSecurity.Tls : SmtpSecurity.StartTls);

    public override string ToString() => $"{Server}:{Port}";
}

/// <summary>A receiver of signed JSON.</summary>
/// <param name="Name">Its name in rules.</param>
/// <param name="Url">Its URL.</param>
/// <param name="Secret">Its signing secret: <c>whsec_</c> and base64.</param>
internal sealed record WebhookSettings(string Name, Uri Url, string Secret)
{
    public override string ToString() => Name;
}

/// <summary>A Slack incoming webhook.</summary>
/// <param name="Name">Its name in rules.</param>
/// <param name="Url">Its URL, which is a secret.</param>
internal sealed record SlackSettings(string Name, Uri Url)
{
    public override string ToString() => Name;
}

/// <summary>A rule for the recipients of alerts. Omitted (null) criteria match all alerts.</summary>
/// <param name="Kinds">The kinds of alerts.</param>
/// <param name="Limits">The limits, by id or name.</param>
/// <param name="Threshold">The minimum threshold, in percent; a higher one that is crossed at the same time also
/// counts.</param>
/// <param name="To">The recipients.</param>
internal sealed record AlertRule(
    IReadOnlyList<AlertKind>? Kinds,
    IReadOnlyList<string>? Limits,
    int? Threshold,
    IReadOnlyList<AlertRoute> To
)
{
    /// <summary>
    /// Notifies an address that a part of some limits is spent: an entry of a budget's <c>alerts</c>.
    /// </summary>
    public static AlertRule ForBudget(int threshold, string email, params IReadOnlyList<string> limits) =>
        new([AlertKind.Threshold, AlertKind.SoftLimit], limits, threshold, [new AlertRoute(ChannelNames.Email, email)]);
}
