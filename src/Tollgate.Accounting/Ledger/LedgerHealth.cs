namespace Tollgate.Accounting.Ledger;

/// <summary>The state of a ledger at one moment, for health endpoints and metrics.</summary>
public readonly record struct LedgerHealth
{
    /// <summary>Whether writes succeed. False from a failed commit until a later one succeeds.</summary>
    public required bool IsWritable { get; init; }

    /// <summary>The last failure, which may be over; null where none happened.</summary>
    public required string? LastError { get; init; }

    /// <summary>Writes that were asked for and not yet answered.</summary>
    public required long QueueLength { get; init; }

    /// <summary>
    /// Records kept in memory because they could not be written; they follow when the ledger recovers.
    /// </summary>
    public required int Owed { get; init; }

    /// <summary>
    /// Records that could neither be written nor kept; their attempts stay open until they are recovered.
    /// </summary>
    public required long Dropped { get; init; }

    /// <summary>Transactions committed, each flushed to the disk, since the ledger was opened.</summary>
    public required long Commits { get; init; }

    /// <summary>Usage records booked; repeated ones are not counted.</summary>
    public required long Booked { get; init; }

    /// <summary>Checkpoints completed by this process.</summary>
    public required long Checkpoints { get; init; }

    /// <summary>The size of the write-ahead log's file.</summary>
    public required long WalBytes { get; init; }

    /// <summary>Records that are booked and have not reached the server behind; null where there is none.</summary>
    public required long? Backlog { get; init; }

    /// <summary>
    /// Records that the server behind refuses, set aside in the data folder; null where there is no server.
    /// </summary>
    public required long? Refused { get; init; }

    /// <summary>Whether the server behind was reached the last time; null where there is none.</summary>
    public required bool? StoreReachable { get; init; }

    /// <summary>The server's last failure, which may be over.</summary>
    public required string? StoreError { get; init; }

    /// <summary>The version of the SQLite library that was loaded.</summary>
    public required string SqliteVersion { get; init; }
}
