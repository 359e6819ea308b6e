using System.Net.Mail;

namespace Tollgate.Delivery.Alerts.Smtp;

/// <summary>Validates email addresses: plain ones, without a display name.</summary>
internal static class MailAddressText
{
    /// <summary>True if a text may be used between the angle brackets of an SMTP command.</summary>
    public static bool IsAddress(string text) =>
        text.Length <= 254
        && !text.AsSpan().ContainsAnyExceptInRange('!', '~')
        && !text.AsSpan().ContainsAny("<>\"(),;:\\")
        && MailAddress.TryCreate(text, out var address)
        && address.Address == text;
}
