using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using Tollgate.Accounting.Alerts;
using Tollgate.Delivery.Alerts.Channels;

namespace Tollgate.Delivery.Alerts.Smtp;

/// <summary>Sends email through a mail server, with one connection per message, because alerts are rare.</summary>
internal sealed class SmtpChannel(SmtpSettings settings, TimeProvider clock) : IAlertChannel
{
    public string Name => ChannelNames.Email;

    public async Task SendAsync(AlertDelivery message, CancellationToken cancellationToken)
    {
        var from =
            settings.Sender
            ?? throw new AlertDeliveryException(
                "No sender address is configured. Set alerts.email.from (SMTP_FROM_ADDRESS)."
            );
        try
        {
            await using var session = await SmtpSession.ConnectAsync(settings, cancellationToken);
            await session.LogInAsync(settings, cancellationToken);
            await session.SendAsync(
                from,
                message.Route.Recipient,
                MailMessageWriter.Write(message, from, clock.GetUtcNow()),
                cancellationToken
            );
        }
        catch (AuthenticationException exception)
        {
            throw new AlertDeliveryException(
                $"The certificate of {settings.Server}:{settings.Port} is not trusted: {exception.Message} "
                    + "If it is valid but issued by a private CA, set alerts.email.trust to the CA's file.",
                exception
            );
        }
        catch (Exception exception) when (exception is IOException or SocketException or CryptographicException)
        {
            throw new AlertDeliveryException($"{settings.Server}:{settings.Port}: {exception.Message}", exception);
        }
    }
}
