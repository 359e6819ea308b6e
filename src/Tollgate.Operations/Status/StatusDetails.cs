namespace Tollgate.Operations.Status;

/// <summary>The state of the process that responds, and of what it depends on.</summary>
public sealed record StatusDetails
{
    /// <summary>The version of the program.</summary>
    public required string Version { get; init; }

    /// <summary>When the process started.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The identity of this instance.</summary>
    public required Guid InstanceId { get; init; }

    /// <summary>The parts that it serves.</summary>
    public required IReadOnlyList<string> Parts { get; init; }

    /// <summary>The location of the store, without user or password.</summary>
    public required string Store { get; init; }

    /// <summary>The health of the ledger.</summary>
    public required LedgerStatus Ledger { get; init; }

    /// <summary>The health of the registry.</summary>
    public required RegistryStatus Registry { get; init; }

    /// <summary>The other gateways that hold leases on limits of the same server; empty without one.</summary>
    public required IReadOnlyList<ReplicaStatus> Replicas { get; init; }
}

/// <summary>The health of the ledger.</summary>
public sealed record LedgerStatus
{
    /// <summary>True if writes succeed.</summary>
    public required bool Writable { get; init; }

    /// <summary>When a write last failed; null if none did.</summary>
    public required DateTimeOffset? LastFailureAt { get; init; }

    /// <summary>The number of writes that are not completed yet.</summary>
    public required long Queue { get; init; }

    /// <summary>The number of records kept in memory because they could not be written.</summary>
    public required long Pending { get; init; }

    /// <summary>The number of records written since the start.</summary>
    public required long Booked { get; init; }

    /// <summary>True if the last access to the database server succeeded; null without one.</summary>
    public required bool? ServerReachable { get; init; }

    /// <summary>The number of records that wait for the database server; null without one.</summary>
    public required long? Backlog { get; init; }

    /// <summary>How long the oldest of them has waited, in seconds; null if none waits.</summary>
    public required decimal? BacklogAgeS { get; init; }

    /// <summary>The number of records that the database server rejects; null without one.</summary>
    public required long? Quarantined { get; init; }
}

/// <summary>The health of the registry.</summary>
/// <param name="Stale">True if it could not be read for too long, so that keys cannot be checked.</param>
/// <param name="ConfirmedAt">When it was last read; null if it never was.</param>
/// <param name="FailedReads">How often it could not be read in a row.</param>
public sealed record RegistryStatus(bool Stale, DateTimeOffset? ConfirmedAt, long FailedReads);

/// <summary>Another gateway on the same server.</summary>
/// <param name="Id">Its identity.</param>
/// <param name="Name">Its machine and process.</param>
/// <param name="LeaseExpiresAt">When its leases expire unless it renews them.</param>
/// <param name="Expired">True if they have expired.</param>
public sealed record ReplicaStatus(Guid Id, string Name, DateTimeOffset LeaseExpiresAt, bool Expired);
