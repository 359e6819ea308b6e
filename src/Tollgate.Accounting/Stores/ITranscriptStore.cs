using Tollgate.Accounting.Transcripts;

namespace Tollgate.Accounting.Stores;

/// <summary>
/// The store of the transcript log. It has its own database, or its own tables in a shared one. All methods may be
/// called from any thread and from several processes.
/// </summary>
public interface ITranscriptStore : IAsyncDisposable
{
    /// <summary>Creates or upgrades the tables.</summary>
    /// <exception cref="LedgerSchemaException">They were upgraded by a newer version, or do not belong to a
    /// transcript log.</exception>
    Task<SchemaVersion> MigrateAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Returns the schema of the database and the one that this store supports, without changing anything.
    /// </summary>
    Task<SchemaVersion> SchemaAsync(CancellationToken cancellationToken = default);

    /// <summary>Adds rows, all or none; durable when it completes. Existing rows are left as they are.</summary>
    Task AppendAsync(
        IReadOnlyList<TranscriptEntry> entries,
        IReadOnlyList<DenialEntry> refusals,
        CancellationToken cancellationToken = default
    );

    /// <summary>Returns entries, newest first.</summary>
    Task<IReadOnlyList<TranscriptEntry>> EntriesAsync(
        TranscriptSelection selection,
        CancellationToken cancellationToken = default
    );

    /// <summary>Returns denials, newest first.</summary>
    Task<IReadOnlyList<DenialEntry>> DenialsAsync(
        TranscriptSelection selection,
        CancellationToken cancellationToken = default
    );

    /// <summary>Removes the entries and denials before a given time; returns the number of rows.</summary>
    Task<long> PurgeAsync(DateTimeOffset before, CancellationToken cancellationToken = default);
}
