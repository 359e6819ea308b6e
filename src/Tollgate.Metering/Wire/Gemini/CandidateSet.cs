namespace Tollgate.Metering.Wire.Gemini;

/// <summary>
/// Tracks the candidates of a response and which of them have finished. Those beyond the 63rd share one bit.
/// </summary>
internal struct CandidateSet
{
    private ulong _seen;
    private ulong _finished;

    /// <summary>The index of the candidate being read; one without an index is the first.</summary>
    public long Index { get; set; }

    /// <summary>True if the candidate being read has finished.</summary>
    public bool IsFinished { get; set; }

    /// <summary>True if the prompt was blocked, so that there will be no candidate.</summary>
    public bool IsPromptBlocked { get; set; }

    /// <summary>True if all candidates seen so far have finished.</summary>
    public readonly bool AllFinished => IsPromptBlocked || (_seen != 0 && _seen == _finished);

    /// <summary>Starts a candidate.</summary>
    public void Begin()
    {
        Index = 0;
        IsFinished = false;
    }

    /// <summary>Ends a candidate.</summary>
    public void End()
    {
        var bit = 1UL << (int)Math.Clamp(Index, 0, 63);
        _seen |= bit;
        if (IsFinished)
            _finished |= bit;
    }
}
