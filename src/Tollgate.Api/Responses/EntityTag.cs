using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Tollgate.Api.Responses;

/// <summary>
/// The state of an entry as an entity tag (RFC 9110, 8.8.3): a digest of its JSON, so that each change of a
/// shown member changes it.
/// </summary>
internal static class EntityTag
{
    private const int DigestBytes = 15;

    /// <summary>Returns the tag of an entry.</summary>
    public static string Create<T>(T entry, JsonTypeInfo<T> type)
    {
        var digest = SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(entry, type));
        return $"\"{Base64Url.EncodeToString(digest.AsSpan(0, DigestBytes))}\"";
    }
}
