namespace Tollgate.Hosting.Endpoints;

/// <summary>The response of <c>/health</c>. It names no caller, recipient or server, because it needs no key.</summary>
internal sealed record HealthReport(
    string Status,
    LedgerReport Ledger,
    TranscriptReport? Transcripts,
    LimitHealth Limits,
    AlertReport Alerts,
    KeyReport Keys
);

/// <summary>The health of the ledger.</summary>
internal sealed record LedgerReport
{
    public required bool Writable { get; init; }

    public required DateTimeOffset? LastFailureAt { get; init; }

    public required long Queue { get; init; }

    public required int Owed { get; init; }

    public required long Dropped { get; init; }

    public required long Booked { get; init; }

    public required long WalBytes { get; init; }

    public required string Sqlite { get; init; }

    /// <summary>The database server; null if the ledger is a file.</summary>
    public required ServerReport? Server { get; init; }
}

/// <summary>The health of the ledger's database server.</summary>
internal sealed record ServerReport(bool? Reachable, long? Backlog, long? Quarantined, DateTimeOffset? LastFailureAt);

/// <summary>The health of the transcript log.</summary>
internal sealed record TranscriptReport
{
    public required bool Available { get; init; }

    public required DateTimeOffset? LastFailureAt { get; init; }

    public required long Queue { get; init; }

    public required long QueueBytes { get; init; }

    public required long Written { get; init; }

    public required long Dropped { get; init; }
}

/// <summary>The health of the alerts.</summary>
internal sealed record AlertReport
{
    public required IReadOnlyList<string> Channels { get; init; }

    public required long Sent { get; init; }

    public required long FailedAttempts { get; init; }

    public required int Due { get; init; }

    public required int Failing { get; init; }

    public required int Abandoned { get; init; }

    public required DateTimeOffset? OldestDue { get; init; }

    public required DateTimeOffset? StoreFailingSince { get; init; }
}

/// <summary>The health of the snapshot of keys.</summary>
internal sealed record KeyReport(
    bool Stale,
    DateTimeOffset? ConfirmedAt,
    long FailedReads,
    DateTimeOffset? LastFailureAt
);
