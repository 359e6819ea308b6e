using Tollgate.Accounting.Registry;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Stores.Opening;
using Tollgate.Metering.Limits;

namespace Tollgate.Accounting.Limits.Definitions;

/// <summary>
/// The limits in a ledger's directory: what is set there holds in every gate within a second. A limit comes from a
/// file, which owns it, or was set at run time; what was set at run time is never changed by a file.
/// </summary>
public sealed class LimitDefinitions
{
    /// <summary>The kind of their entries in the directory.</summary>
    public const string Kind = "limit";

    private readonly IDirectoryStore _store;
    private readonly ILimitStore? _counters;

    private LimitDefinitions(IDirectoryStore store, ILimitStore? counters) => (_store, _counters) = (store, counters);

    /// <summary>Opens the limits of a ledger's directory.</summary>
    /// <param name="options">The ledger.</param>
    /// <param name="counters">The ledger's counters, which forget limits that are deleted; without them they are
    /// kept.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<LimitDefinitions> OpenAsync(
        LedgerOptions options,
        ILimitStore? counters = null,
        CancellationToken cancellation = default
    )
    {
        var store = options.OpenDirectory();
        await DirectoryHandover.PrepareAsync(store, options, cancellation);
        return new LimitDefinitions(store, counters);
    }

    /// <summary>All limits, and what is wrong with entries that cannot be read.</summary>
    public async Task<LimitSet> ListAsync(CancellationToken cancellation = default)
    {
        var contents = await _store.ReadAsync([Kind], cancellation);
        return LimitSet.Of(contents.Version, contents.Entries, LimitSet.Empty);
    }

    /// <summary>Sets limits at run time, all of them or none, and gives what each was before and is now.</summary>
    /// <param name="changes">What is to become of each, by its identity; it is asked again where somebody else was
    /// faster.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="ArgumentException">A limit's identity does not fit the directory.</exception>
    public async Task<IReadOnlyList<LimitChange>> SetAsync(
        IReadOnlyDictionary<string, Func<Limit?, Limit>> changes,
        CancellationToken cancellation = default
    )
    {
        while (true)
        {
            var (entries, known) = await ReadAsync(cancellation);
            var made = changes
                .Select(change => Changed(change.Key, known.GetValueOrDefault(change.Key), change.Value))
                .ToList();
            var puts = made.Select(change =>
                    Put(change.After!, entries.GetValueOrDefault(change.After!.Id)?.Revision ?? 0)
                )
                .ToList();
            if ((await _store.ApplyAsync(puts, cancellation)).IsDone)
                return made;
        }

        static LimitChange Changed(string id, Limit? before, Func<Limit?, Limit> change) =>
            change(before) is { } after && after.Id == id
                ? new(before, after with { Owner = null })
                : throw new ArgumentException($"The limit '{id}' cannot be another.", nameof(changes));
    }

    /// <summary>
    /// Deletes a limit and forgets its count; false where there was none. A file that owns it brings it back at the
    /// next start of its gate.
    /// </summary>
    public async Task<bool> DeleteAsync(string id, CancellationToken cancellation = default)
    {
        var (entries, _) = await ReadAsync(cancellation);
        if (!entries.ContainsKey(id))
            return false;
        await _store.ApplyAsync([DirectoryChange.Delete(Kind, id)], cancellation);
        if (_counters is not null)
            await _counters.ForgetAsync([id], cancellation);
        return true;
    }

    /// <summary>
    /// Makes the limits of a file those of the directory: new ones are added, changed ones changed, and those that the
    /// file had and has no more are removed. What was set at run time stays as it is, and so does what another file has
    /// brought: of two files that disagree on a limit the first one holds.
    /// </summary>
    /// <param name="owner">The file's full path, by which it is the same file.</param>
    /// <param name="limits">Its limits.</param>
    /// <param name="siblings">Other owners of the same configuration: what was theirs may become this one's.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<LimitHandover> BringAsync(
        string owner,
        IReadOnlyList<Limit> limits,
        IReadOnlyList<string>? siblings = null,
        CancellationToken cancellation = default
    )
    {
        while (true)
        {
            var (entries, known) = await ReadAsync(cancellation);
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
            var outcome = await _store.ApplyAsync([.. changes.Select(Write)], cancellation);
            if (!outcome.IsDone)
                continue;
            if (gone.Count > 0 && _counters is not null)
                await _counters.ForgetAsync([.. gone.Select(static limit => limit.Id)], cancellation);
            return new LimitHandover(outcome.Version, changes, conflicts);

            DirectoryChange Write(LimitChange change) =>
                change.After is { } after
                    ? Put(after, entries.GetValueOrDefault(after.Id)?.Revision ?? 0)
                    : DirectoryChange.Delete(Kind, change.Before!.Id, entries[change.Before.Id].Revision);
        }
    }

    private static DirectoryChange Put(Limit limit, long expected) =>
        DirectoryChange.Put(Kind, limit.Id, StoredLimit.Write(limit), expected);

    private async Task<(Dictionary<string, DirectoryEntry> Entries, Dictionary<string, Limit> Known)> ReadAsync(
        CancellationToken cancellation
    )
    {
        var contents = await _store.ReadAsync([Kind], cancellation);
        return (
            contents.Entries.ToDictionary(static entry => entry.Name, StringComparer.Ordinal),
            LimitSet
                .Of(contents.Version, contents.Entries, LimitSet.Empty)
                .Limits.ToDictionary(static limit => limit.Id, StringComparer.Ordinal)
        );
    }
}

/// <summary>What became of a limit.</summary>
/// <param name="Before">What it was; null where it is new.</param>
/// <param name="After">What it is; null where it was removed.</param>
public sealed record LimitChange(Limit? Before, Limit? After);

/// <summary>What became of a file's limits.</summary>
/// <param name="Version">The directory's version after it.</param>
/// <param name="Changes">What was added, changed and removed.</param>
/// <param name="Conflicts">The file's limits that do not hold.</param>
public sealed record LimitHandover(
    long Version,
    IReadOnlyList<LimitChange> Changes,
    IReadOnlyList<LimitConflict> Conflicts
);

/// <summary>A limit of a file that does not hold.</summary>
/// <param name="Wanted">What the file says.</param>
/// <param name="Holding">What holds: it was set at run time, where it has no owner, else another file brought it
/// first.</param>
public sealed record LimitConflict(Limit Wanted, Limit Holding);
