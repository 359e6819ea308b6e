using System.Collections.Frozen;
using System.Text.Json.Serialization.Metadata;
using Tollgate.Accounting.Stores;

namespace Tollgate.Accounting.Registry;

/// <summary>The whole directory at one moment; immutable. Looking something up allocates nothing.</summary>
public sealed class DirectorySnapshot
{
    private readonly FrozenDictionary<string, DirectoryEntry[]> _entries;

    /// <param name="contents">All entries.</param>
    /// <param name="anyKeyBefore">Whether keys are known to have existed before.</param>
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

    /// <summary>What is there before anything was read.</summary>
    internal static DirectorySnapshot Nothing { get; } = new(new DirectoryContents(-1, []), anyKeyBefore: false);

    /// <summary>The number of changes that led here.</summary>
    public long Version { get; }

    /// <summary>The virtual keys.</summary>
    public VirtualKeySnapshot Keys { get; }

    /// <summary>The users by name.</summary>
    public IReadOnlyDictionary<string, User> Users { get; }

    /// <summary>The projects by name.</summary>
    public IReadOnlyDictionary<string, Project> Projects { get; }

    /// <summary>The applications by name.</summary>
    public IReadOnlyDictionary<string, Application> Applications { get; }

    /// <summary>The sessions by name.</summary>
    public IReadOnlyDictionary<string, Session> Sessions { get; }

    /// <summary>The entries of any kind as they are stored, in no order.</summary>
    public IReadOnlyList<DirectoryEntry> Entries(string kind) =>
        _entries.TryGetValue(kind, out var entries) ? entries : [];

    /// <summary>All of it, as it was read.</summary>
    internal DirectoryContents Contents() => new(Version, [.. _entries.Values.SelectMany(static entries => entries)]);

    /// <param name="kind">Which.</param>
    /// <param name="type">How they are written. Asked for where there is one: a serializer takes longer to get ready
    /// than a short command to run.</param>
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
