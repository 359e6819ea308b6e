namespace Tollgate.Accounting.Transcripts;

/// <summary>The type of an entry in the transcript log.</summary>
public enum TranscriptEntryType
{
    /// <summary>A prompt to a model.</summary>
    Prompt,

    /// <summary>A response from a model.</summary>
    Response,

    /// <summary>Another event that was logged.</summary>
    Event,
}
