using System.Net.Sockets;
using System.Security.Cryptography;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using Tollgate.Accounting.Alerts;
using Tollgate.Delivery.Alerts.Channels;

namespace Tollgate.Delivery.Alerts.Smtp;

/// <summary>Sends email through a mail server, with one connection per message, because alerts are rare.</summary>
internal sealed class SmtpChannel(SmtpSettings settings, TimeProvider clock) : IAlertChannel
{
    public string Name => ChannelNames.Email;

    public async Task SendAsync(AlertDelivery message, CancellationToken cancellationToken)
    {
        if (settings.Sender is null)
            throw new AlertDeliveryException(
                "No sender address is configured. Set alerts.email.from (SMTP_FROM_ADDRESS)."
            );
        var mail = MailMessageFactory.Create(
            message,
            Parse(settings.Sender),
            Parse(message.Route.Recipient),
            clock.GetUtcNow()
        );
        try
        {
            using var client = CreateClient();
            await client.ConnectAsync(settings.Server!, settings.Port, Encryption, cancellationToken);
            await LogInAsync(client, cancellationToken);
            await client.SendAsync(FormatFor(client), mail, cancellationToken);
            await DisconnectAsync(client, cancellationToken);
        }
        catch (Exception exception) when (Describe(exception) is { } reason)
        {
            throw new AlertDeliveryException(reason, exception);
        }
    }

    private SecureSocketOptions Encryption =>
        settings.Protection switch
        {
            SmtpSecurity.StartTls => SecureSocketOptions.StartTls,
            SmtpSecurity.Tls => SecureSocketOptions.SslOnConnect,
            _ => SecureSocketOptions.None,
        };

    private SmtpClient CreateClient()
    {
        var client = new SmtpClient
        {
            // As in .NET itself: a list of revoked certificates is often unreachable from a server.
            CheckCertificateRevocation = false,
        };
        if (settings.EhloName is { } name)
            client.LocalDomain = name;
        if (settings.Trust is { } file)
            client.ServerCertificateValidationCallback = new PrivateTrust(file).Validate;
        return client;
    }

    private async Task LogInAsync(SmtpClient client, CancellationToken cancellationToken)
    {
        if (settings.Username is not { } user)
            return;
        if (!client.IsSecure)
            throw new AlertDeliveryException(
                "A password is not sent unencrypted. Set alerts.email.security to starttls or tls, or remove the "
                    + "username."
            );
        await client.AuthenticateAsync(user, settings.Password ?? "", cancellationToken);
    }

    /// <summary>Addresses beyond ASCII are sent as they are to a server that accepts them (RFC 6531).</summary>
    private static FormatOptions FormatFor(SmtpClient client)
    {
        var format = FormatOptions.Default.Clone();
        format.International = client.Capabilities.HasFlag(SmtpCapabilities.UTF8);
        return format;
    }

    private static async Task DisconnectAsync(SmtpClient client, CancellationToken cancellationToken)
    {
        try
        {
            await client.DisconnectAsync(quit: true, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or ProtocolException or CommandException)
        {
            // The message is accepted, regardless of the reply to QUIT.
        }
    }

    private static MailboxAddress Parse(string address) =>
        Mailbox.TryParse(address, out var mailbox)
            ? mailbox
            : throw new AlertDeliveryException($"'{address}' is not an email address.");

    /// <summary>
    /// Returns the reason of a failure, without commands, one of which is the password; null if it is a bug.
    /// </summary>
    private string? Describe(Exception exception) =>
        exception switch
        {
            SslHandshakeException => $"The certificate of {settings} is not trusted: {OnOneLine(exception.Message)} "
                + "If it is valid but issued by a private CA, set alerts.email.trust to the CA's file.",
            AuthenticationException => $"The mail server refused the login: {OnOneLine(exception.Message)}",
            SmtpCommandException refused => $"The mail server refused {Subject(refused)}: {(int)refused.StatusCode} "
                + OnOneLine(refused.Message),
            NotSupportedException when settings.Protection == SmtpSecurity.StartTls =>
                $"{settings} does not offer STARTTLS; nothing was sent unencrypted.",
            NotSupportedException => $"{settings}: {OnOneLine(exception.Message)}",
            ProtocolException or IOException or SocketException or CryptographicException =>
                $"{settings}: {OnOneLine(exception.Message)}",
            _ => null,
        };

    private static string Subject(SmtpCommandException refused) =>
        refused.ErrorCode switch
        {
            SmtpErrorCode.SenderNotAccepted => "the sender",
            SmtpErrorCode.RecipientNotAccepted => "the recipient",
            _ => "the message",
        };

    private static string OnOneLine(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
