using Microsoft.AspNetCore.Http;
using Tollgate.Accounting.Ledger.Records;
using Tollgate.Accounting.Registry;
using Tollgate.Metering.Usage;

namespace Tollgate.Gateway.Access;

/// <summary>Attributes a call: to the key's owner, plus the values that the caller adds by headers.</summary>
internal static class CallerAttribution
{
    private static readonly string[] Headers =
    [
        "x-tollgate-user",
        "x-tollgate-project",
        "x-tollgate-session",
        "x-tollgate-app",
        "x-tollgate-tags",
        .. OpenWebUIHeaders.Names,
    ];

    /// <summary>
    /// Validates the headers' lengths: the message for the first one too long to record, or null if all fit. Truncation
    /// is not an option, because two long names could become the same one.
    /// </summary>
    public static string? Validate(IHeaderDictionary headers)
    {
        foreach (var name in Headers)
            if (
                headers.TryGetValue(name, out var values)
                && values.Count > 0
                && values[0] is { Length: > RecordText.MaxLength } value
            )
                return $"The header {name} has {value.Length:N0} characters; "
                    + $"at most {RecordText.MaxLength} are allowed.";
        return null;
    }

    /// <summary>A value that the key is bound to cannot be overridden by a header.</summary>
    public static Attribution Create(VirtualKey? key, IHeaderDictionary headers, string? endUser)
    {
        var user = key?.User ?? Read(headers, "x-tollgate-user") ?? OpenWebUIHeaders.ReadUser(headers);
        var project = key?.Project ?? Read(headers, "x-tollgate-project");
        var session = Read(headers, "x-tollgate-session") ?? OpenWebUIHeaders.ReadSession(headers);
        var application = Read(headers, "x-tollgate-app");
        var tags = Read(headers, "x-tollgate-tags");
        // The provider's field, under the provider's rules: truncated, not rejected.
        endUser = NullIfBlank(RecordText.Truncate(endUser));
        if (
            key is null
            && user is null
            && project is null
            && session is null
            && application is null
            && tags is null
            && endUser is null
        )
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
        headers.TryGetValue(name, out var values) && values.Count > 0 ? NullIfBlank(values[0]) : null;

    private static string? NullIfBlank(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;
}
