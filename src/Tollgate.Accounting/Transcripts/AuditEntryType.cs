namespace Tollgate.Accounting.Transcripts;

/// <summary>What an entry of the audit log records.</summary>
public enum AuditEntryType
{
    /// <summary>What was asked of a model.</summary>
    Prompt,

    /// <summary>What a model answered.</summary>
    Answer,

    /// <summary>Something else that somebody wrote down.</summary>
    Event,
}
