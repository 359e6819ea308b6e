namespace Tollgate.Accounting.Transcripts.Writing;

/// <summary>The state of an audit log at one moment.</summary>
public readonly record struct AuditHealth
{
    /// <summary>Whether the last write succeeded.</summary>
    public required bool IsAvailable { get; init; }

    /// <summary>The last failure, which may be over; null where none happened.</summary>
    public required string? LastError { get; init; }

    /// <summary>Rows that wait to be written.</summary>
    public required long QueueLength { get; init; }

    /// <summary>What they occupy, in bytes, as it is counted against the bound.</summary>
    public required long QueueBytes { get; init; }

    /// <summary>Rows written since the log was opened.</summary>
    public required long Written { get; init; }

    /// <summary>
    /// Rows given up since then, because the database was away and no room was left, or because the program ended.
    /// </summary>
    public required long Dropped { get; init; }
}
