namespace Tollgate.Accounting.Transcripts;

/// <summary>Which texts of calls are kept.</summary>
public enum AuditTexts
{
    /// <summary>None.</summary>
    Off,

    /// <summary>What is asked.</summary>
    Prompts,

    /// <summary>What is asked and what is answered.</summary>
    All,
}

/// <summary>What happens to calls whose texts cannot be kept.</summary>
public enum AuditOutage
{
    /// <summary>They go on; texts that no memory is left for are dropped and counted.</summary>
    Continue,

    /// <summary>They are refused before anything is sent.</summary>
    Refuse,
}
