using Tollgate.Accounting.Registry;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Stores.Opening;
using Tollgate.Metering.Limits;

namespace Tollgate.Accounting.Limits.Definitions;

/// <summary>
/// The limits in a ledger's registry: a change takes effect in every gateway within a second. A limit comes from a
/// file, which owns it, or was set at run time; a file never changes a limit that was set at run time.
/// </summary>
public sealed class LimitDefinitions
{
    /// <summary>The kind of their entries in the registry.</summary>
    public const string Kind = "limit";

    private readonly IRegistryStore _store;
    private readonly ILimitStore? _counters;

    private LimitDefinitions(IRegistryStore store, ILimitStore? counters) => (_store, _counters) = (store, counters);

    /// <summary>Opens the limits in a ledger's registry.</summary>
    /// <param name="options">The ledger.</param>
    /// <param name="counters">The ledger's counters, from which deleted limits are removed; if null, they are
    /// kept.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public static async Task<LimitDefinitions> OpenAsync(
        LedgerOptions options,
        ILimitStore? counters = null,
        CancellationToken cancellationToken = default
    )
    {
        var store = options.OpenRegistry();
        await RegistryMigration.PrepareAsync(store, options, cancellationToken);
        return new LimitDefinitions(store, counters);
    }

    /// <summary>Returns all limits, and the problems of entries that cannot be read.</summary>
    public async Task<LimitSet> ListAsync(CancellationToken cancellationToken = default)
    {
        var contents = await _store.ReadAsync([Kind], cancellationToken);
        return LimitSet.FromEntries(contents.Version, contents.Entries, LimitSet.Empty);
    }

    /// <summary>
    /// Sets limits at run time, all of them or none, and returns each limit before and after the change.
    /// </summary>
    /// <param name="changes">The change to each limit, by identity; called again if another process changed a limit in
    /// between.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="ArgumentException">A limit's identity does not match the change.</exception>
    public async Task<IReadOnlyList<LimitChange>> SetAsync(
        IReadOnlyDictionary<string, Func<Limit?, Limit>> changes,
        CancellationToken cancellationToken = default
    )
    {
        while (true)
        {
            var (entries, known) = await FindAsync(changes.Keys, cancellationToken);
            var made = changes
                .Select(change => ApplyChange(change.Key, known.GetValueOrDefault(change.Key), change.Value))
                .ToList();
            var puts = made.Select(change =>
                    Put(change.After!, entries.GetValueOrDefault(change.After!.Id)?.Revision ?? 0)
                )
                .ToList();
            if ((await _store.ApplyAsync(puts, cancellationToken)).IsApplied)
                return made;
        }

        static LimitChange ApplyChange(string id, Limit? before, Func<Limit?, Limit> change) =>
            change(before) is { } after && after.Id == id
                ? new(before, after with { Owner = null })
                : throw new ArgumentException(
                    $"The identity of the limit '{id}' (metric, window, scope) cannot be changed; delete it and "
                        + $"create a new one.",
                    nameof(changes)
                );
    }

    /// <summary>
    /// Deletes a limit and its count; returns false if there was none. A file that owns it adds it again at the next
    /// start of its gateway.
    /// </summary>
    public async Task<bool> DeleteAsync(string id, CancellationToken cancellationToken = default)
    {
        if (await _store.FindAsync(Kind, id, cancellationToken) is null)
            return false;
        await _store.ApplyAsync([RegistryChange.Delete(Kind, id)], cancellationToken);
        if (_counters is not null)
            await _counters.DeleteAsync([id], cancellationToken);
        return true;
    }

    /// <summary>
    /// Imports the limits of a file into the registry: new ones are added, changed ones updated, and those the file no
    /// longer contains are removed. Limits that were set at run time or imported from another file stay as they are: if
    /// two files disagree on a limit, the first one wins.
    /// </summary>
    /// <param name="owner">The full path of the file, which identifies it.</param>
    /// <param name="limits">Its limits.</param>
    /// <param name="siblings">Other owners in the same configuration, whose limits this owner may take over.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async Task<LimitImportResult> ImportAsync(
        string owner,
        IReadOnlyList<Limit> limits,
        IReadOnlyList<string>? siblings = null,
        CancellationToken cancellationToken = default
    )
    {
        while (true)
        {
            var (entries, known) = await ReadAsync(cancellationToken);
            List<LimitChange> changes = [];
            List<LimitConflict> conflicts = [];
            foreach (var limit in limits.Select(limit => limit with { Owner = owner }))
            {
                var before = known.GetValueOrDefault(limit.Id);
                if (
                    before is null
                    || before.Owner == owner
                    || (before.Owner is { } other && siblings?.Contains(other) == true)
                )
                {
                    if (before is null || StoredLimit.Write(before) != StoredLimit.Write(limit))
                        changes.Add(new(before, limit));
                }
                else if (StoredLimit.Write(before) != StoredLimit.Write(limit with { Owner = before.Owner }))
                {
                    conflicts.Add(new(limit, before));
                }
            }

            var gone = known
                .Values.Where(limit => limit.Owner == owner && limits.All(kept => kept.Id != limit.Id))
                .ToList();
            changes.AddRange(gone.Select(static limit => new LimitChange(limit, null)));
            var outcome = await _store.ApplyAsync([.. changes.Select(Write)], cancellationToken);
            if (!outcome.IsApplied)
                continue;
            if (gone.Count > 0 && _counters is not null)
                await _counters.DeleteAsync([.. gone.Select(static limit => limit.Id)], cancellationToken);
            return new LimitImportResult(outcome.Version, changes, conflicts);

            RegistryChange Write(LimitChange change) =>
                change.After is { } after
                    ? Put(after, entries.GetValueOrDefault(after.Id)?.Revision ?? 0)
                    : RegistryChange.Delete(Kind, change.Before!.Id, entries[change.Before.Id].Revision);
        }
    }

    private static RegistryChange Put(Limit limit, long expected) =>
        RegistryChange.Put(Kind, limit.Id, StoredLimit.Write(limit), expected);

    private async Task<(Dictionary<string, RegistryEntry> Entries, Dictionary<string, Limit> Known)> FindAsync(
        IEnumerable<string> ids,
        CancellationToken cancellationToken
    )
    {
        List<RegistryEntry> found = [];
        foreach (var id in ids)
            if (await _store.FindAsync(Kind, id, cancellationToken) is { } entry)
                found.Add(entry);
        return Parse(new RegistryContents(0, found));
    }

    private async Task<(Dictionary<string, RegistryEntry> Entries, Dictionary<string, Limit> Known)> ReadAsync(
        CancellationToken cancellationToken
    ) => Parse(await _store.ReadAsync([Kind], cancellationToken));

    private static (Dictionary<string, RegistryEntry> Entries, Dictionary<string, Limit> Known) Parse(
        RegistryContents contents
    ) =>
        (
            contents.Entries.ToDictionary(static entry => entry.Name, StringComparer.Ordinal),
            LimitSet
                .FromEntries(contents.Version, contents.Entries, LimitSet.Empty)
                .Limits.ToDictionary(static limit => limit.Id, StringComparer.Ordinal)
        );
}

/// <summary>A change to a limit.</summary>
/// <param name="Before">The limit before; null if it is new.</param>
/// <param name="After">The limit after; null if it was removed.</param>
public sealed record LimitChange(Limit? Before, Limit? After);

/// <summary>The outcome of importing a file's limits.</summary>
/// <param name="Version">The registry version afterwards.</param>
/// <param name="Changes">The limits that were added, changed and removed.</param>
/// <param name="Conflicts">The file's limits that are not in force.</param>
public sealed record LimitImportResult(
    long Version,
    IReadOnlyList<LimitChange> Changes,
    IReadOnlyList<LimitConflict> Conflicts
);

/// <summary>A limit in a file that is not in force.</summary>
/// <param name="Requested">The limit in the file.</param>
/// <param name="InForce">The limit in force: set at run time if it has no owner, otherwise imported earlier from
/// another file.</param>
public sealed record LimitConflict(Limit Requested, Limit InForce);
