using System.Net.Mail;

namespace Tollgate.Delivery.Alerts.Smtp;

/// <summary>What is taken for an e-mail address: a plain one, without a name beside it.</summary>
internal static class MailAddressText
{
    /// <summary>Whether a text can stand between the angle brackets of a mail server's command.</summary>
    public static bool IsAddress(string text) =>
        text.Length <= 254
        && !text.AsSpan().ContainsAnyExceptInRange('!', '~')
        && !text.AsSpan().ContainsAny("<>\"(),;:\\")
        && MailAddress.TryCreate(text, out var address)
        && address.Address == text;
}
