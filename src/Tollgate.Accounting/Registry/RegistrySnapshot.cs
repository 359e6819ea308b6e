using System.Collections.Frozen;
using System.Text.Json.Serialization.Metadata;
using Tollgate.Accounting.Stores;

namespace Tollgate.Accounting.Registry;

/// <summary>The whole registry at one point in time; immutable. Lookups do not allocate.</summary>
public sealed class RegistrySnapshot
{
    private readonly FrozenDictionary<string, RegistryEntry[]> _entries;

    /// <param name="contents">All entries.</param>
    /// <param name="anyKeyBefore">True if keys are known to have existed earlier.</param>
    /// <exception cref="InvalidDataException">An entry of a known kind cannot be read.</exception>
    internal RegistrySnapshot(RegistryContents contents, bool anyKeyBefore)
    {
        Version = contents.Version;
        _entries =
            contents.Entries.Count == 0
                ? FrozenDictionary<string, RegistryEntry[]>.Empty
                : contents
                    .Entries.GroupBy(static entry => entry.Kind)
                    .ToFrozenDictionary(static kind => kind.Key, static kind => kind.ToArray());
        Keys = new VirtualKeySnapshot(
            GetEntries(RegistryKinds.Key)
                .Select(static entry =>
                    (entry.Name, RegistryTable<StoredKey>.Deserialize(entry, RegistryJson.Default.StoredKey))
                ),
            anyKeyBefore
        );
        Users = ReadMembers(RegistryKinds.User, static () => RegistryJson.Default.User);
        Projects = ReadMembers(RegistryKinds.Project, static () => RegistryJson.Default.Project);
        Applications = ReadMembers(RegistryKinds.Application, static () => RegistryJson.Default.Application);
        Conversations = ReadMembers(RegistryKinds.Conversation, static () => RegistryJson.Default.Conversation);
    }

    /// <summary>The snapshot before anything was read.</summary>
    internal static RegistrySnapshot Empty { get; } = new(new RegistryContents(-1, []), anyKeyBefore: false);

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
    public IReadOnlyDictionary<string, Conversation> Conversations { get; }

    /// <summary>Returns the stored entries of a kind, in no particular order.</summary>
    public IReadOnlyList<RegistryEntry> GetEntries(string kind) =>
        _entries.TryGetValue(kind, out var entries) ? entries : [];

    /// <summary>Returns all entries as they were read.</summary>
    internal RegistryContents ToContents() => new(Version, [.. _entries.Values.SelectMany(static entries => entries)]);

    /// <param name="kind">The kind of entry.</param>
    /// <param name="type">The serializer metadata, requested only if there is an entry: initializing a serializer takes
    /// longer than running a short command.</param>
    private FrozenDictionary<string, T> ReadMembers<T>(string kind, Func<JsonTypeInfo<T>> type)
        where T : Member
    {
        if (GetEntries(kind) is not { Count: > 0 } entries)
            return FrozenDictionary<string, T>.Empty;
        var written = type();
        return entries.ToFrozenDictionary(
            static entry => entry.Name,
            entry => RegistryTable<T>.Deserialize(entry, written),
            StringComparer.Ordinal
        );
    }
}
