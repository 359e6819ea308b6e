namespace Tollgate.Accounting.Transcripts;

/// <summary>The texts of calls that are stored.</summary>
public enum TranscriptCapture
{
    /// <summary>None.</summary>
    Off,

    /// <summary>Prompts only.</summary>
    Prompts,

    /// <summary>Prompts and responses.</summary>
    All,
}

/// <summary>How calls are handled if their texts cannot be stored.</summary>
public enum TranscriptOutagePolicy
{
    /// <summary>Calls continue; texts that do not fit in memory are dropped and counted.</summary>
    Continue,

    /// <summary>Calls are refused before anything is sent.</summary>
    Refuse,
}
