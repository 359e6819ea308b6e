using System.Globalization;
using System.Net;
using System.Text;
using Tollgate.Accounting.Alerts;
using Tollgate.Operations.Text;

namespace Tollgate.Delivery.Alerts.Smtp;

/// <summary>
/// A message in its wire format: plain text and HTML, both in base64 so that no line is too long or begins with a dot.
/// </summary>
internal static class MailMessageWriter
{
    /// <summary>Returns the message's lines, each ending with CR LF.</summary>
    /// <param name="message">The alert, and its identity.</param>
    /// <param name="from">The sender's address.</param>
    /// <param name="now">The time of the attempt.</param>
    public static string Write(AlertDelivery message, string from, DateTimeOffset now)
    {
        var alert = message.Alert;
        var boundary = $"=_{message.Id:N}";
        var text = new StringBuilder();
        Line($"Date: {now.UtcDateTime.ToString("ddd, dd MMM yyyy HH:mm:ss", CultureInfo.InvariantCulture)} +0000");
        Line($"From: Tollgate <{from}>");
        Line($"To: <{message.Route.Recipient}>");
        Line($"Subject: {EncodeHeader($"[Tollgate] {FormatSubject(alert)}")}");
        // The same in every attempt, so that a mailbox can detect duplicates.
        Line($"Message-ID: <{message.Id:N}@{from[(from.IndexOf('@') + 1)..]}>");
        Line("Auto-Submitted: auto-generated");
        Line("MIME-Version: 1.0");
        Line($"Content-Type: multipart/alternative; boundary=\"{boundary}\"");
        Line("");
        Part("text/plain", $"{alert.Text}\n\n{Details(alert)}\n");
        Part(
            "text/html",
            $"<!doctype html><html><body><p>{WebUtility.HtmlEncode(alert.Text)}</p>"
                + $"<p><small>{WebUtility.HtmlEncode(Details(alert))}</small></p></body></html>\n"
        );
        Line($"--{boundary}--");
        return text.ToString();

        void Line(string line) => text.Append(line).Append("\r\n");

        void Part(string type, string content)
        {
            Line($"--{boundary}");
            Line($"Content-Type: {type}; charset=utf-8");
            Line("Content-Transfer-Encoding: base64");
            Line("");
            Line(Convert.ToBase64String(Encoding.UTF8.GetBytes(content), Base64FormattingOptions.InsertLineBreaks));
        }
    }

    private static string FormatSubject(Alert alert) =>
        alert.Crossing is { } crossing
            ? $"{alert.Subject}: {crossing.Threshold} % of the limit"
            : $"{alert.Subject}: {SnakeCase.From(alert.Kind).Replace('_', ' ')}";

    private static string Details(Alert alert) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"Alert {alert.Id} ({SnakeCase.From(alert.Kind)}) of "
                + $"{alert.CreatedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC. Sent once."
        );

    /// <summary>
    /// Encodes a header's text. Names are user-defined: text that is not printable ASCII is encoded, in words of
    /// limited length (RFC 2047).
    /// </summary>
    private static string EncodeHeader(string text)
    {
        if (
            text.Length <= 200
            && !text.AsSpan().ContainsAnyExceptInRange(' ', '~')
            && !text.Contains("=?", StringComparison.Ordinal)
        )
            return text;
        var words = new List<string>();
        var part = new StringBuilder();
        foreach (var rune in text.EnumerateRunes().Take(200))
        {
            if (Encoding.UTF8.GetByteCount(part.ToString()) + rune.Utf8SequenceLength > 45)
                Flush();
            part.Append(rune);
        }

        Flush();
        return string.Join("\r\n ", words);

        void Flush()
        {
            words.Add($"=?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(part.ToString()))}?=");
            part.Clear();
        }
    }
}
