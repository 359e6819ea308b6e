namespace Tollgate.Accounting.Registry;

/// <summary>The state of a registry watcher at a given time, for health endpoints and metrics.</summary>
public readonly record struct RegistryHealth
{
    /// <summary>True if the snapshot is missing or too old to be relied on.</summary>
    public required bool IsStale { get; init; }

    /// <summary>When the snapshot was last confirmed to be current; null if there is none.</summary>
    public required DateTimeOffset? ConfirmedAt { get; init; }

    /// <summary>The number of reads that failed since the last one that succeeded.</summary>
    public required int FailedReads { get; init; }

    /// <summary>When a read last failed; null if none did. The log has the reason.</summary>
    public required DateTimeOffset? LastFailureAt { get; init; }
}
