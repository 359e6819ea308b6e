using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Registry;

/// <summary>
/// Decides which entries usage may be attributed to. Deactivated entries are always rejected, unknown ones only if a
/// registered name is required.
/// </summary>
/// <param name="registry">The registry watcher.</param>
/// <param name="require">The names that must be given and registered.</param>
public sealed class RegistryRules(RegistryWatcher registry, RegistryRequirements require = RegistryRequirements.None)
{
    /// <summary>
    /// Returns the reason to reject these names, or null if they are accepted. Allocates only when it rejects.
    /// </summary>
    /// <exception cref="RegistryUnavailableException">The registry could not be read for too long.</exception>
    public RegistryRefusal? Check(Attribution attribution)
    {
        if (registry.IsStale)
            throw new RegistryUnavailableException(
                $"Cannot determine whether this usage is allowed. {registry.LastFailure?.Message}".TrimEnd()
            );
        var known = registry.Snapshot;
        return Check(known.Users, RegistryKinds.User, attribution.User, RegistryRequirements.Users)
            ?? Check(known.Projects, RegistryKinds.Project, attribution.Project, RegistryRequirements.Projects)
            ?? Check(
                known.Applications,
                RegistryKinds.Application,
                attribution.Application,
                RegistryRequirements.Applications
            )
            ?? Check(
                known.Conversations,
                RegistryKinds.Conversation,
                attribution.Session,
                RegistryRequirements.Sessions
            );
    }

    private RegistryRefusal? Check<T>(
        IReadOnlyDictionary<string, T> known,
        string kind,
        string? name,
        RegistryRequirements requirement
    )
        where T : Member
    {
        var isRequired = (require & requirement) != 0;
        if (name is null)
            return isRequired ? new(RegistryRefusalReason.Missing, kind, null) : null;
        if (known.TryGetValue(name, out var member))
            return member.Enabled ? null : new(RegistryRefusalReason.Disabled, kind, name);
        return isRequired ? new(RegistryRefusalReason.Unknown, kind, name) : null;
    }
}

/// <summary>The registry could not be read for too long, so it is unknown what is allowed. Nothing was done.</summary>
public sealed class RegistryUnavailableException(string message) : IOException(message);
