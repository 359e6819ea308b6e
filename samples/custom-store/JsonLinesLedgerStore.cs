using System.Runtime.CompilerServices;
using Tollgate.Accounting;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;

namespace CustomStore;

/// <summary>
/// A ledger store in one file of JSON lines. Each batch is one line, so that it is booked whole or not at all; each
/// answer is computed from the whole file. Any number of processes may use it, one at a time.
/// </summary>
/// <param name="path">The file; made, with its folder, by <see cref="MigrateAsync"/>.</param>
public sealed class JsonLinesLedgerStore(string path) : ILedgerStore
{
    private const int KnownVersion = 1;

    /// <inheritdoc/>
    public Task<SchemaVersion> MigrateAsync(CancellationToken cancellation = default) =>
        WithFileAsync(
            file =>
            {
                var version = LedgerLines.Read(file).Version;
                if (version > KnownVersion)
                    throw new LedgerSchemaException(
                        $"'{path}' is of version {version}; this program knows {KnownVersion}."
                    );
                if (version == 0)
                    LedgerLines.Append(file, new LedgerLine { Version = KnownVersion });
                return new SchemaVersion(KnownVersion, KnownVersion);
            },
            cancellation
        );

    /// <inheritdoc/>
    public Task<SchemaVersion> SchemaAsync(CancellationToken cancellation = default) =>
        WithFileAsync(file => new SchemaVersion(LedgerLines.Read(file).Version, KnownVersion), cancellation);

    /// <inheritdoc/>
    public Task<int> AppendAsync(IReadOnlyList<UsageRecord> records, CancellationToken cancellation = default) =>
        WithFileAsync(
            file =>
            {
                var booked = LedgerLines.Read(file).Records.Select(record => record.Id).ToHashSet();
                UsageRecord[] fresh = [.. records.Where(record => booked.Add(record.Id))];
                if (fresh.Length > 0)
                    LedgerLines.Append(file, new LedgerLine { Records = fresh });
                // Also where nothing is new: the call before may have failed between writing and flushing.
                else
                    file.Flush(flushToDisk: true);
                return fresh.Length;
            },
            cancellation
        );

    /// <inheritdoc/>
    public async Task<IReadOnlyList<UsageRecord>> FindAsync(Guid call, CancellationToken cancellation = default) =>
        [
            .. (await ReadAsync(cancellation))
                .Records.Where(record => record.Id.Call == call)
                .OrderBy(record => record.Id.Attempt),
        ];

    /// <inheritdoc/>
    public async IAsyncEnumerable<UsageRecord> ReadAsync(
        UsageSelection selection,
        [EnumeratorCancellation] CancellationToken cancellation = default
    )
    {
        var sign = selection.Order == UsageOrder.OldestFirst ? 1 : -1;
        var chosen = (await ReadAsync(cancellation))
            .Records.Where(record => Sums.Holds(selection.Period, record.StartedAt) && record.Meets(selection.Where))
            .Where(record => selection.After is not { } after || UsagePosition.Of(record).CompareTo(after) * sign > 0);
        var ordered = sign > 0 ? chosen.OrderBy(UsagePosition.Of) : chosen.OrderByDescending(UsagePosition.Of);
        foreach (var record in ordered.Take(selection.Limit ?? int.MaxValue))
            yield return record;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<UsageSum>> SumAsync(UsageSumQuery query, CancellationToken cancellation = default)
    {
        var contents = await ReadAsync(cancellation);
        return Sums.Answer(contents.Records, contents.Purged, query);
    }

    /// <inheritdoc/>
    public Task<long> PurgeAsync(DateTimeOffset? before, CancellationToken cancellation = default)
    {
        if (before is { } moment)
            UsageSlot.RequireStart(moment);
        return WithFileAsync(
            file =>
            {
                var contents = LedgerLines.Read(file);
                var gone = contents.Records.Where(record => !(record.StartedAt >= before)).ToList();
                var stays = contents.Records.Where(record => record.StartedAt >= before).ToArray();
                var purged = before is null ? [] : Sums.Answer(gone, contents.Purged, Sums.Kept);
                LedgerLines.Replace(
                    path,
                    [
                        new LedgerLine { Version = KnownVersion },
                        new LedgerLine { Purged = [.. purged] },
                        new LedgerLine { Records = stays },
                    ]
                );
                return (long)gone.Count;
            },
            cancellation
        );
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task<LedgerContents> ReadAsync(CancellationToken cancellation) =>
        WithFileAsync(LedgerLines.Read, cancellation);

    /// <summary>
    /// Does something with the file, alone. Whatever the disk says, the ledger hears that the store is away, and tries
    /// again.
    /// </summary>
    private async Task<T> WithFileAsync<T>(Func<FileStream, T> work, CancellationToken cancellation)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            await using var alone = await LockFile.TakeAsync(path + ".lock", cancellation);
            await using var file = new FileStream(
                path,
                FileMode.OpenOrCreate,
                FileAccess.ReadWrite,
                FileShare.ReadWrite | FileShare.Delete
            );
            return work(file);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new LedgerUnavailableException($"The ledger '{path}' cannot be used: {failure.Message}", failure);
        }
    }
}
