using Tollgate.Accounting.Alerts;

namespace Tollgate.Delivery.Alerts.Channels;

/// <summary>Who is told of what, and by which way.</summary>
internal sealed record AlertSettings
{
    /// <summary>The server for e-mail; without its address no e-mail is sent.</summary>
    public SmtpSettings Smtp { get; init; } = new();

    /// <summary>Who gets the e-mails that no rule sends elsewhere.</summary>
    public IReadOnlyList<string> Emails { get; init; } = [];

    /// <summary>Receivers of signed JSON.</summary>
    public IReadOnlyList<WebhookSettings> Webhooks { get; init; } = [];

    /// <summary>Slack's incoming webhooks.</summary>
    public IReadOnlyList<SlackSettings> Slacks { get; init; } = [];

    /// <summary>Who is told of some alerts, in place of everybody.</summary>
    public IReadOnlyList<AlertRule> Rules { get; init; } = [];

    /// <summary>The thresholds of limits on cost that have none of their own, in percent.</summary>
    public IReadOnlyList<int> DefaultThresholds { get; init; } = [50, 80, 95, 100];

    /// <summary>Whether anybody can be told of anything.</summary>
    public bool HasDelivery => Smtp.Server is not null || Webhooks.Count > 0 || Slacks.Count > 0;

    /// <summary>Records that may wait for the database server before somebody is told.</summary>
    public long BacklogRecords { get; init; } = 10_000;

    /// <summary>How long a record may wait for it.</summary>
    public TimeSpan BacklogAge { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Without the secrets that it holds.</summary>
    public override string ToString() => nameof(AlertSettings);
}

/// <summary>How the connection to a mail server is protected.</summary>
internal enum SmtpSecurity
{
    /// <summary>It begins in the clear and must then be encrypted, before anything is said.</summary>
    StartTls,

    /// <summary>It is encrypted from the first byte.</summary>
    Tls,

    /// <summary>It is not. Only for a server on this machine; a password is not sent.</summary>
    None,
}

/// <summary>The mail server.</summary>
internal sealed record SmtpSettings
{
    /// <summary>Its name; null where there is none.</summary>
    public string? Server { get; init; }

    /// <summary>Its port.</summary>
    public int Port { get; init; } = 587;

    /// <summary>How the connection is protected; null is by TLS on port 465, else by STARTTLS.</summary>
    public SmtpSecurity? Security { get; init; }

    /// <summary>Who logs in; null where nobody does.</summary>
    public string? Username { get; init; }

    /// <summary>The password. Never written anywhere.</summary>
    public string? Password { get; init; }

    /// <summary>The sender's address; null is the user's name, where that is an address.</summary>
    public string? From { get; init; }

    /// <summary>A file of certificates (PEM) that may have signed the server's, in place of the system's.</summary>
    public string? Trust { get; init; }

    /// <summary>The address that messages come from; null where none is known.</summary>
    public string? Sender => From ?? (Username?.Contains('@') == true ? Username : null);

    /// <summary>The protection that holds.</summary>
    public SmtpSecurity Protection => Security ?? (Port == 465 ? SmtpSecurity.Tls : SmtpSecurity.StartTls);

    public override string ToString() => $"{Server}:{Port}";
}

/// <summary>A receiver of signed JSON.</summary>
/// <param name="Name">Its name in rules.</param>
/// <param name="Url">Where it listens.</param>
/// <param name="Secret">The key of its signatures: <c>whsec_</c> and base64.</param>
internal sealed record WebhookSettings(string Name, Uri Url, string Secret)
{
    public override string ToString() => Name;
}

/// <summary>An incoming webhook of Slack's.</summary>
/// <param name="Name">Its name in rules.</param>
/// <param name="Url">Its address, which is a secret.</param>
internal sealed record SlackSettings(string Name, Uri Url)
{
    public override string ToString() => Name;
}

/// <summary>Who is told of some alerts. What is left out (null) is every one.</summary>
/// <param name="Kinds">Of which kinds.</param>
/// <param name="Limits">Of which limits, by id or name.</param>
/// <param name="Threshold">From which threshold on, in percent; a higher one that is passed at once counts too.</param>
/// <param name="To">Where the message goes.</param>
internal sealed record AlertRule(
    IReadOnlyList<AlertKind>? Kinds,
    IReadOnlyList<string>? Limits,
    int? Threshold,
    IReadOnlyList<AlertRoute> To
)
{
    /// <summary>Tells an address that a part of some limits is spent: an entry of a budget's <c>alerts</c>.</summary>
    public static AlertRule OfBudget(int threshold, string email, params IReadOnlyList<string> limits) =>
        new(
            [AlertKind.Threshold, AlertKind.SoftLimit],
            limits,
            threshold,
            [new AlertRoute(ChannelNames.Email, email)]
        );
}
