using System.Diagnostics.CodeAnalysis;
using MimeKit;

namespace Tollgate.Delivery.Alerts.Smtp;

/// <summary>
/// Validates email addresses: <c>ops@example.com</c>, or with a display name,
/// <c>Operations &lt;ops@example.com&gt;</c>.
/// </summary>
internal static class Mailbox
{
    /// <summary>
    /// The maximum length of an address in UTF-8 bytes, without its display name (RFC 5321, 4.5.3.1.3).
    /// </summary>
    private const int MaxLength = 254;

    private static readonly ParserOptions Strict = new()
    {
        AddressParserComplianceMode = RfcComplianceMode.Strict,
        AllowAddressesWithoutDomain = false,
        AllowUnquotedCommasInAddresses = false,
    };

    /// <summary>True if a text is a mailbox.</summary>
    public static bool IsValid(string text) => TryParse(text, out _);

    /// <summary>Parses a mailbox; false if the text is not one.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out MailboxAddress? mailbox) =>
        MailboxAddress.TryParse(Strict, text, out mailbox)
        && System.Text.Encoding.UTF8.GetByteCount(mailbox.Address) <= MaxLength
        && !text.AsSpan().ContainsAnyInRange('\0', '\u001F');
}
