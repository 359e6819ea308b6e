using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Tollgate.Delivery.Alerts;

/// <summary>The signatures of Standard Webhooks: HMAC-SHA256 over the id, the timestamp and the body.</summary>
internal sealed class WebhookSignature
{
    /// <summary>The prefix of a secret.</summary>
    public const string Prefix = "whsec_";

    private readonly byte[] _key;

    private WebhookSignature(byte[] key) => _key = key;

    /// <summary>Creates the signatures of a secret.</summary>
    /// <exception cref="FormatException">It is not valid; the message does not repeat it.</exception>
    public static WebhookSignature Parse(string secret) =>
        IsSecret(secret)
            ? new WebhookSignature(Convert.FromBase64String(secret[Prefix.Length..]))
            : throw new FormatException(
                $"A webhook secret must be '{Prefix}' and base64 of 16 to 64 bytes. Create one with: echo "
                    + $"whsec_$(openssl rand -base64 32)"
            );

    /// <summary>True if a text is a valid secret.</summary>
    public static bool IsSecret(string text) =>
        text.StartsWith(Prefix, StringComparison.Ordinal)
        && Base64.IsValid(text.AsSpan(Prefix.Length), out var length)
        && length is >= 16 and <= 64;

    /// <summary>Returns the header's value.</summary>
    public string Sign(string id, string timestamp, ReadOnlySpan<byte> body) =>
        "v1,"
        + Convert.ToBase64String(
            HMACSHA256.HashData(_key, (byte[])[.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body])
        );
}
