using Tollgate.Accounting.Time;

namespace Tollgate.Accounting.Stores.Memory;

/// <summary>The registry of an <see cref="InMemoryDatabase"/>, for tests.</summary>
/// <param name="database">The contents, which several stores may share as processes share a database.</param>
/// <param name="time">The clock.</param>
public sealed class InMemoryDirectoryStore(InMemoryDatabase database, TimeProvider? time = null) : IDirectoryStore
{
    private readonly InMemoryDirectory _directory = database.Directory;
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <inheritdoc/>
    public string Place => "memory";

    /// <inheritdoc/>
    public Task MigrateAsync(CancellationToken cancellation = default) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<long> VersionAsync(CancellationToken cancellation = default) => Task.FromResult(_directory.Version);

    /// <inheritdoc/>
    public Task<DirectoryContents> ReadAsync(
        IReadOnlyList<string>? kinds = null,
        CancellationToken cancellation = default
    ) => Task.FromResult(_directory.Read(kinds));

    /// <inheritdoc/>
    public Task<DirectoryOutcome> ApplyAsync(
        IReadOnlyList<DirectoryChange> changes,
        CancellationToken cancellation = default
    )
    {
        DirectoryChanges.Check(changes);
        return Task.FromResult(_directory.Apply(changes, StoredTime.ToTime(_time.GetUtcNow().ToMicros())));
    }
}

/// <summary>The entries shared by in-memory stores.</summary>
internal sealed class InMemoryDirectory
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Kind, string Name), DirectoryEntry> _entries = [];
    private long _version;

    public long Version
    {
        get
        {
            lock (_lock)
                return _version;
        }
    }

    public DirectoryContents Read(IReadOnlyList<string>? kinds)
    {
        lock (_lock)
            return new DirectoryContents(
                _version,
                [.. _entries.Values.Where(entry => kinds?.Contains(entry.Kind) != false)]
            );
    }

    public DirectoryOutcome Apply(IReadOnlyList<DirectoryChange> changes, DateTimeOffset now)
    {
        lock (_lock)
        {
            var revisions = _entries.ToDictionary(static pair => pair.Key, static pair => pair.Value.Revision);
            if (DirectoryChanges.FindConflict(changes, revisions) is { } conflict)
                return new DirectoryOutcome(_version, conflict);
            if (changes.Count > 0)
                _version++;
            foreach (var change in changes)
            {
                var key = (change.Kind, change.Name);
                if (change.Value is null)
                    _entries.Remove(key);
                else
                    _entries[key] = new DirectoryEntry(change.Kind, change.Name, change.Value, _version, now);
            }

            return new DirectoryOutcome(_version, null);
        }
    }
}
