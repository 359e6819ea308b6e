namespace Tollgate.Accounting.Transcripts.Writing;

/// <summary>The state of a transcript log at a given time.</summary>
public readonly record struct TranscriptHealth
{
    /// <summary>True if the last write succeeded.</summary>
    public required bool IsAvailable { get; init; }

    /// <summary>When a write last failed; null if none did. The program's log has the reason.</summary>
    public required DateTimeOffset? LastFailureAt { get; init; }

    /// <summary>The number of rows waiting to be written.</summary>
    public required long QueueLength { get; init; }

    /// <summary>The size of the waiting rows in bytes, as counted against the bound.</summary>
    public required long QueueBytes { get; init; }

    /// <summary>The number of rows written since the log was opened.</summary>
    public required long Written { get; init; }

    /// <summary>
    /// The number of rows dropped since then, because the database was unavailable and the queue was full, or because
    /// the program ended.
    /// </summary>
    public required long Dropped { get; init; }
}
