using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Registry;

/// <summary>
/// Whom usage may be of. What is deactivated is always refused; what is unknown only where it is required to be known.
/// </summary>
/// <param name="directory">The directory, as it is watched.</param>
/// <param name="require">What must be named and known.</param>
public sealed class DirectoryRules(
    DirectoryWatcher directory,
    DirectoryRequirements require = DirectoryRequirements.None
)
{
    /// <summary>What is wrong with these names; null where nothing is. Allocates only to refuse.</summary>
    /// <exception cref="DirectoryUnavailableException">The directory could not be read for too long.</exception>
    public DirectoryRefusal? Refuse(Attribution whom)
    {
        if (directory.IsStale)
            throw new DirectoryUnavailableException(
                $"Whether this usage is allowed cannot be known. {directory.LastError}".TrimEnd()
            );
        var known = directory.Snapshot;
        return Refuse(known.Users, DirectoryKinds.User, whom.User, DirectoryRequirements.Users)
            ?? Refuse(known.Projects, DirectoryKinds.Project, whom.Project, DirectoryRequirements.Projects)
            ?? Refuse(
                known.Applications,
                DirectoryKinds.Application,
                whom.Application,
                DirectoryRequirements.Applications
            )
            ?? Refuse(known.Sessions, DirectoryKinds.Session, whom.Session, DirectoryRequirements.Sessions);
    }

    private DirectoryRefusal? Refuse<T>(
        IReadOnlyDictionary<string, T> known,
        string kind,
        string? name,
        DirectoryRequirements requirement
    )
        where T : Member
    {
        var isRequired = (require & requirement) != 0;
        if (name is null)
            return isRequired ? new(DirectoryRefusalReason.Missing, kind, null) : null;
        if (known.TryGetValue(name, out var member))
            return member.Enabled ? null : new(DirectoryRefusalReason.Disabled, kind, name);
        return isRequired ? new(DirectoryRefusalReason.Unknown, kind, name) : null;
    }
}

/// <summary>The directory could not be read for too long, so nobody knows what is allowed. Nothing was done.</summary>
public sealed class DirectoryUnavailableException(string message) : IOException(message);
