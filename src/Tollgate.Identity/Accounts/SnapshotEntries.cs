using System.Collections.Frozen;
using Tollgate.Accounting;
using Tollgate.Accounting.Registry;
using Tollgate.Accounting.Stores;

namespace Tollgate.Identity.Accounts;

/// <summary>The entries of one kind in the watched registry, by name. Reads nothing but memory.</summary>
internal sealed class SnapshotEntries(RegistryWatcher watcher, string kind)
{
    private volatile Index? _index;

    /// <summary>Returns an entry as last seen; null if there was none.</summary>
    /// <exception cref="LedgerUnavailableException">The registry could not be read for too long.</exception>
    public RegistryEntry? Find(string name)
    {
        if (watcher.IsStale)
            throw new LedgerUnavailableException(
                $"Accounts and tokens cannot be checked, because the registry could not be read for "
                    + $"{RegistryWatcher.MaxAge.TotalMinutes:0} minutes.",
                watcher.LastFailure
            );
        var snapshot = watcher.Snapshot;
        var index = _index;
        if (index?.Snapshot != snapshot)
            _index = index = new Index(
                snapshot,
                snapshot.GetEntries(kind).ToFrozenDictionary(static entry => entry.Name, StringComparer.Ordinal)
            );
        return index!.Entries.GetValueOrDefault(name);
    }

    private sealed record Index(RegistrySnapshot Snapshot, FrozenDictionary<string, RegistryEntry> Entries);
}
