namespace Tollgate.Accounting.Ledger;

/// <summary>The state of a ledger at a given time, for health endpoints and metrics.</summary>
public readonly record struct LedgerHealth
{
    /// <summary>True if writes succeed. False from a failed commit until a later one succeeds.</summary>
    public required bool IsWritable { get; init; }

    /// <summary>When a write last failed; null if none did. The log has the reason.</summary>
    public required DateTimeOffset? LastFailureAt { get; init; }

    /// <summary>The number of writes that are not completed yet.</summary>
    public required long QueueLength { get; init; }

    /// <summary>
    /// The number of records kept in memory because they could not be written; they are written when the ledger
    /// recovers.
    /// </summary>
    public required int PendingRecords { get; init; }

    /// <summary>
    /// The number of records that could be neither written nor kept; their attempts stay in flight until they are
    /// recovered.
    /// </summary>
    public required long Dropped { get; init; }

    /// <summary>The number of transactions committed, each flushed to disk, since the ledger was opened.</summary>
    public required long Commits { get; init; }

    /// <summary>The number of usage records written, without duplicates.</summary>
    public required long Booked { get; init; }

    /// <summary>The number of checkpoints completed by this process.</summary>
    public required long Checkpoints { get; init; }

    /// <summary>The size of the write-ahead log file.</summary>
    public required long WalBytes { get; init; }

    /// <summary>The number of records that have not reached the server yet; null if there is no server.</summary>
    public required long? Backlog { get; init; }

    /// <summary>How long the oldest record has waited for the server; null if none waits.</summary>
    public required TimeSpan? BacklogAge { get; init; }

    /// <summary>
    /// The number of records that the server rejects, quarantined in the data folder; null if there is no server.
    /// </summary>
    public required long? Quarantined { get; init; }

    /// <summary>True if the last access to the server succeeded; null if there is no server.</summary>
    public required bool? StoreReachable { get; init; }

    /// <summary>
    /// When sending to the server last failed; null if it never did, or there is no server. The log has the reason.
    /// </summary>
    public required DateTimeOffset? StoreFailedAt { get; init; }

    /// <summary>The version of the SQLite library that was loaded.</summary>
    public required string SqliteVersion { get; init; }
}
