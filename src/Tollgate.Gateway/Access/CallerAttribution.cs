using Microsoft.AspNetCore.Http;
using Tollgate.Accounting.Directory;
using Tollgate.Metering.Usage;

namespace Tollgate.Gateway.Access;

/// <summary>Whom a call is booked to: the key's owner, and what the caller adds by headers.</summary>
internal static class CallerAttribution
{
    // Longer values are cut: they are labels, not data.
    private const int MaxLength = 256;

    /// <summary>What a key is bound to cannot be overridden by a header.</summary>
    public static Attribution Of(VirtualKey? key, IHeaderDictionary headers, string? endUser)
    {
        var user = key?.User ?? Read(headers, "x-tollgate-user");
        var project = key?.Project ?? Read(headers, "x-tollgate-project");
        var session = Read(headers, "x-tollgate-session");
        var application = Read(headers, "x-tollgate-app");
        var tags = Read(headers, "x-tollgate-tags");
        endUser = Cut(endUser);
        if (key is null && user is null && project is null && session is null && application is null && tags is null && endUser is null)
            return Attribution.None;
        return new Attribution
        {
            KeyId = key?.Id,
            User = user,
            Project = project,
            Session = session,
            Application = application,
            EndUser = endUser,
            Tags = tags,
        };
    }

    private static string? Read(IHeaderDictionary headers, string name) =>
        headers.TryGetValue(name, out var values) && values.Count > 0 ? Cut(values[0]) : null;

    private static string? Cut(string? value) =>
        string.IsNullOrWhiteSpace(value) ? null : value.Length <= MaxLength ? value : value[..MaxLength];
}
