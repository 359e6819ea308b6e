using Microsoft.AspNetCore.Http;

namespace Tollgate.Gateway.Access;

/// <summary>
/// The headers with which Open WebUI names the person behind a call. They count like the gateway's own ones, which take
/// precedence, and are not passed on to a provider.
/// </summary>
internal static class OpenWebUIHeaders
{
    private const string Prefix = "x-openwebui-",
        Email = "x-openwebui-user-email",
        Id = "x-openwebui-user-id",
        Name = "x-openwebui-user-name",
        Chat = "x-openwebui-chat-id";

    /// <summary>The headers that are recorded.</summary>
    public static readonly IReadOnlyList<string> Names = [Email, Id, Name, Chat];

    /// <summary>True if a header is one of Open WebUI.</summary>
    public static bool Includes(string name) => name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>The email address of the person, otherwise the id, otherwise the name; null if there is none.</summary>
    public static string? ReadUser(IHeaderDictionary headers) =>
        Read(headers, Email) ?? Read(headers, Id) ?? Decode(Read(headers, Name));

    /// <summary>The id of the chat; null if there is none.</summary>
    public static string? ReadSession(IHeaderDictionary headers) => Read(headers, Chat);

    private static string? Read(IHeaderDictionary headers, string name) =>
        headers.TryGetValue(name, out var values) && values.Count > 0 && !string.IsNullOrWhiteSpace(values[0])
            ? values[0]
            : null;

    /// <summary>Names are escaped as in URLs, since a header cannot contain all letters.</summary>
    private static string? Decode(string? name)
    {
        if (name?.Contains('%', StringComparison.Ordinal) != true)
            return name;
        var decoded = Uri.UnescapeDataString(name);
        return decoded.Any(char.IsControl) ? name : decoded;
    }
}
