using System.Globalization;
using System.Net;
using System.Text;
using MimeKit;
using MimeKit.Text;
using Tollgate.Accounting.Alerts;
using Tollgate.Operations.Text;

namespace Tollgate.Delivery.Alerts.Smtp;

/// <summary>Creates the message of an alert, as plain text and HTML.</summary>
internal static class MailMessageFactory
{
    /// <summary>
    /// The maximum length of a subject, in characters. Names of limits and keys are user-defined.
    /// </summary>
    private const int MaxSubjectLength = 200;

    /// <summary>Creates the message.</summary>
    /// <param name="delivery">The alert, and the identity of its delivery.</param>
    /// <param name="from">The sender; its display name is Tollgate if it has none.</param>
    /// <param name="to">The recipient.</param>
    /// <param name="now">The time of the attempt.</param>
    public static MimeMessage Create(AlertDelivery delivery, MailboxAddress from, MailboxAddress to, DateTimeOffset now)
    {
        var alert = delivery.Alert;
        var message = new MimeMessage
        {
            Date = now.ToUniversalTime(),
            Subject = $"[Tollgate] {FormatSubject(alert)}",
            // The same in every attempt, so that a mailbox can detect duplicates.
            MessageId = $"{delivery.Id:N}@{from.Domain}",
            Body = new MultipartAlternative(
                CreatePart(TextFormat.Plain, $"{alert.Text}\n\n{FormatDetails(alert)}\n"),
                CreatePart(
                    TextFormat.Html,
                    $"<!doctype html><html><body><p>{WebUtility.HtmlEncode(alert.Text)}</p>"
                        + $"<p><small>{WebUtility.HtmlEncode(FormatDetails(alert))}</small></p></body></html>\n"
                )
            ),
        };
        message.From.Add(string.IsNullOrEmpty(from.Name) ? new MailboxAddress("Tollgate", from.Address) : from);
        message.To.Add(to);
        message.Headers[HeaderId.AutoSubmitted] = "auto-generated";
        return message;
    }

    private static TextPart CreatePart(TextFormat format, string text) =>
        new(format) { Text = text, ContentTransferEncoding = ContentEncoding.Base64 };

    private static string FormatSubject(Alert alert)
    {
        var subject = alert.Crossing is { } crossing
            ? $"{alert.Subject}: {crossing.Threshold} % of the limit"
            : $"{alert.Subject}: {SnakeCase.From(alert.Kind).Replace('_', ' ')}";
        return string.Concat(
            subject
                .EnumerateRunes()
                .Take(MaxSubjectLength)
                .Select(static rune => Rune.IsControl(rune) ? new Rune(' ') : rune)
        );
    }

    private static string FormatDetails(Alert alert) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"Alert {alert.Id} ({SnakeCase.From(alert.Kind)}) of {alert.CreatedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} "
                + $"UTC. Sent once."
        );
}
