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
    public Task<SchemaVersion> MigrateAsync(CancellationToken cancellationToken = default) =>
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
            cancellationToken
        );

    /// <inheritdoc/>
    public Task<SchemaVersion> SchemaAsync(CancellationToken cancellationToken = default) =>
        WithFileAsync(file => new SchemaVersion(LedgerLines.Read(file).Version, KnownVersion), cancellationToken);

    /// <inheritdoc/>
    public Task<int> AppendAsync(IReadOnlyList<UsageRecord> records, CancellationToken cancellationToken = default) =>
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
            cancellationToken
        );

    /// <inheritdoc/>
    public async Task<IReadOnlyList<UsageRecord>> FindAsync(Guid call, CancellationToken cancellationToken = default) =>
        [
            .. (await ReadAsync(cancellationToken))
                .Records.Where(record => record.Id.Call == call)
                .OrderBy(record => record.Id.Attempt),
        ];

    /// <inheritdoc/>
    public async IAsyncEnumerable<UsageRecord> ReadAsync(
        UsageSelection selection,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        foreach (var record in selection.Select((await ReadAsync(cancellationToken)).Records))
            yield return record;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<UsageSum>> SumAsync(
        UsageSumQuery query,
        CancellationToken cancellationToken = default
    )
    {
        var contents = await ReadAsync(cancellationToken);
        return Sums.Answer(contents.Records, contents.Purged, query);
    }

    /// <inheritdoc/>
    public Task<long> PurgeAsync(DateTimeOffset? before, CancellationToken cancellationToken = default)
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
            cancellationToken
        );
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task<LedgerContents> ReadAsync(CancellationToken cancellationToken) =>
        WithFileAsync(LedgerLines.Read, cancellationToken);

    /// <summary>
    /// Does something with the file, alone. Whatever the disk says, the ledger hears that the store is away, and tries
    /// again.
    /// </summary>
    private async Task<T> WithFileAsync<T>(Func<FileStream, T> work, CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            await using var alone = await LockFile.TakeAsync(path + ".lock", cancellationToken);
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
