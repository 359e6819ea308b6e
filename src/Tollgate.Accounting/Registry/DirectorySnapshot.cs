using System.Collections.Frozen;
using System.Text.Json.Serialization.Metadata;
using Tollgate.Accounting.Stores;

namespace Tollgate.Accounting.Registry;

/// <summary>The whole registry at one point in time; immutable. Lookups do not allocate.</summary>
public sealed class DirectorySnapshot
{
    private readonly FrozenDictionary<string, DirectoryEntry[]> _entries;

    /// <param name="contents">All entries.</param>
    /// <param name="anyKeyBefore">Whether keys are known to have existed earlier.</param>
    /// <exception cref="InvalidDataException">An entry of a known kind cannot be read.</exception>
    internal DirectorySnapshot(DirectoryContents contents, bool anyKeyBefore)
    {
        Version = contents.Version;
        _entries =
            contents.Entries.Count == 0
                ? FrozenDictionary<string, DirectoryEntry[]>.Empty
                : contents
                    .Entries.GroupBy(static entry => entry.Kind)
                    .ToFrozenDictionary(static kind => kind.Key, static kind => kind.ToArray());
        Keys = new VirtualKeySnapshot(
            Entries(DirectoryKinds.Key)
                .Select(static entry =>
                    (entry.Name, DirectoryTable<StoredKey>.Value(entry, DirectoryJson.Default.StoredKey))
                ),
            anyKeyBefore
        );
        Users = Members(DirectoryKinds.User, static () => DirectoryJson.Default.User);
        Projects = Members(DirectoryKinds.Project, static () => DirectoryJson.Default.Project);
        Applications = Members(DirectoryKinds.Application, static () => DirectoryJson.Default.Application);
        Sessions = Members(DirectoryKinds.Session, static () => DirectoryJson.Default.Session);
    }

    /// <summary>The snapshot before anything was read.</summary>
    internal static DirectorySnapshot Nothing { get; } = new(new DirectoryContents(-1, []), anyKeyBefore: false);

    /// <summary>The number of changes up to this version.</summary>
    public long Version { get; }

    /// <summary>The virtual keys.</summary>
    public VirtualKeySnapshot Keys { get; }

    /// <summary>The users by name.</summary>
    public IReadOnlyDictionary<string, User> Users { get; }

    /// <summary>The projects by name.</summary>
    public IReadOnlyDictionary<string, Project> Projects { get; }

    /// <summary>The applications by name.</summary>
    public IReadOnlyDictionary<string, Application> Applications { get; }

    /// <summary>The conversations by name.</summary>
    public IReadOnlyDictionary<string, Session> Sessions { get; }

    /// <summary>Returns the stored entries of a kind, in no particular order.</summary>
    public IReadOnlyList<DirectoryEntry> Entries(string kind) =>
        _entries.TryGetValue(kind, out var entries) ? entries : [];

    /// <summary>Returns all entries as they were read.</summary>
    internal DirectoryContents Contents() => new(Version, [.. _entries.Values.SelectMany(static entries => entries)]);

    /// <param name="kind">The kind of entry.</param>
    /// <param name="type">The serializer metadata, requested only if there is an entry: initializing a serializer takes
    /// longer than running a short command.</param>
    private FrozenDictionary<string, T> Members<T>(string kind, Func<JsonTypeInfo<T>> type)
        where T : Member
    {
        if (Entries(kind) is not { Count: > 0 } entries)
            return FrozenDictionary<string, T>.Empty;
        var written = type();
        return entries.ToFrozenDictionary(
            static entry => entry.Name,
            entry => DirectoryTable<T>.Value(entry, written),
            StringComparer.Ordinal
        );
    }
}
