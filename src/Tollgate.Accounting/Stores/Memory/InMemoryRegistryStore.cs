using System.Text.Json;
using Tollgate.Accounting.Time;

namespace Tollgate.Accounting.Stores.Memory;

/// <summary>The registry of an <see cref="InMemoryDatabase"/>, for tests.</summary>
/// <param name="database">The contents, which several stores may share as processes share a database.</param>
/// <param name="time">The clock.</param>
public sealed class InMemoryRegistryStore(InMemoryDatabase database, TimeProvider? time = null) : IRegistryStore
{
    private readonly InMemoryRegistry _registry = database.Registry;
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <inheritdoc/>
    public string Location => "memory";

    /// <inheritdoc/>
    public Task MigrateAsync(CancellationToken cancellationToken = default) =>
        cancellationToken.IsCancellationRequested ? Task.FromCanceled(cancellationToken) : Task.CompletedTask;

    /// <inheritdoc/>
    public Task<long> VersionAsync(CancellationToken cancellationToken = default) =>
        cancellationToken.IsCancellationRequested
            ? Task.FromCanceled<long>(cancellationToken)
            : Task.FromResult(_registry.Version);

    /// <inheritdoc/>
    public Task<RegistryContents> ReadAsync(
        IReadOnlyList<string>? kinds = null,
        CancellationToken cancellationToken = default
    ) =>
        cancellationToken.IsCancellationRequested
            ? Task.FromCanceled<RegistryContents>(cancellationToken)
            : Task.FromResult(_registry.Read(kinds));

    /// <inheritdoc/>
    public Task<RegistryEntry?> FindAsync(string kind, string name, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(_registry.Find(kind, name));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<RegistryEntry>> FindByPrefixAsync(
        string kind,
        string prefix,
        int limit,
        CancellationToken cancellationToken = default
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<IReadOnlyList<RegistryEntry>>([
            .. _registry
                .Read([kind])
                .Entries.Where(entry => entry.Name.StartsWith(prefix, StringComparison.Ordinal))
                .OrderBy(static entry => entry.Name, StringComparer.Ordinal)
                .Take(limit),
        ]);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<RegistryEntry>> FindKeysByShownPrefixAsync(
        string prefix,
        int limit,
        CancellationToken cancellationToken = default
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<IReadOnlyList<RegistryEntry>>([
            .. _registry
                .Read(["key"])
                .Entries.Select(static entry => (Entry: entry, Shown: ReadShownPrefix(entry)))
                .Where(row => row.Shown?.StartsWith(prefix, StringComparison.Ordinal) == true)
                .OrderBy(static row => row.Shown, StringComparer.Ordinal)
                .Select(static row => row.Entry)
                .Take(limit),
        ]);
    }

    /// <inheritdoc/>
    public Task<RegistryOutcome> ApplyAsync(
        IReadOnlyList<RegistryChange> changes,
        CancellationToken cancellationToken = default
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        RegistryChanges.Validate(changes);
        return Task.FromResult(_registry.Apply(changes, StoredTime.ToTime(_time.GetUtcNow().ToMicros())));
    }

    private static string? ReadShownPrefix(RegistryEntry entry)
    {
        using var value = JsonDocument.Parse(entry.Value);
        return
            value.RootElement.ValueKind == JsonValueKind.Object
            && value.RootElement.TryGetProperty("prefix", out var prefix)
            && prefix.ValueKind == JsonValueKind.String
            ? prefix.GetString()
            : null;
    }
}

/// <summary>The entries shared by in-memory stores.</summary>
internal sealed class InMemoryRegistry
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Kind, string Name), RegistryEntry> _entries = [];
    private long _version;

    public long Version
    {
        get
        {
            lock (_lock)
                return _version;
        }
    }

    public RegistryContents Read(IReadOnlyList<string>? kinds)
    {
        lock (_lock)
            return new RegistryContents(
                _version,
                [.. _entries.Values.Where(entry => kinds?.Contains(entry.Kind) != false)]
            );
    }

    public RegistryEntry? Find(string kind, string name)
    {
        lock (_lock)
            return _entries.GetValueOrDefault((kind, name));
    }

    public RegistryOutcome Apply(IReadOnlyList<RegistryChange> changes, DateTimeOffset now)
    {
        lock (_lock)
        {
            var revisions = _entries.ToDictionary(static pair => pair.Key, static pair => pair.Value.Revision);
            if (RegistryChanges.FindConflict(changes, revisions) is { } conflict)
                return new RegistryOutcome(_version, conflict);
            if (changes.Count > 0)
                _version++;
            foreach (var change in changes)
            {
                var key = (change.Kind, change.Name);
                if (change.Value is null)
                    _entries.Remove(key);
                else
                    _entries[key] = new RegistryEntry(change.Kind, change.Name, change.Value, _version, now);
            }

            return new RegistryOutcome(_version, null);
        }
    }
}
