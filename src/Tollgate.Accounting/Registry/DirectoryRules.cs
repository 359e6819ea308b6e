using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Registry;

/// <summary>
/// Decides to whom usage may be attributed. Deactivated entries are always rejected, unknown ones only if a registered
/// name is required.
/// </summary>
/// <param name="directory">The registry watcher.</param>
/// <param name="require">The names that must be given and registered.</param>
public sealed class DirectoryRules(
    DirectoryWatcher directory,
    DirectoryRequirements require = DirectoryRequirements.None
)
{
    /// <summary>
    /// Returns the reason to reject these names, or null if they are accepted. Allocates only when it rejects.
    /// </summary>
    /// <exception cref="DirectoryUnavailableException">The registry could not be read for too long.</exception>
    public DirectoryRefusal? Refuse(Attribution whom)
    {
        if (directory.IsStale)
            throw new DirectoryUnavailableException(
                $"Cannot determine whether this usage is allowed. {directory.LastError}".TrimEnd()
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

/// <summary>The registry could not be read for too long, so it is unknown what is allowed. Nothing was done.</summary>
public sealed class DirectoryUnavailableException(string message) : IOException(message);
