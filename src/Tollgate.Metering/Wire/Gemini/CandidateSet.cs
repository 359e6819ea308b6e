namespace Tollgate.Metering.Wire.Gemini;

/// <summary>
/// Which candidates of an answer were seen, and which of them have finished. Those beyond the 63rd share a place.
/// </summary>
internal struct CandidateSet
{
    private ulong _seen;
    private ulong _finished;

    /// <summary>The index of the candidate that is being read; one that states none is the first.</summary>
    public long Index { get; set; }

    /// <summary>Whether the candidate that is being read has finished.</summary>
    public bool IsFinished { get; set; }

    /// <summary>Whether the prompt was blocked, so that there will be no candidate.</summary>
    public bool AreBlocked { get; set; }

    /// <summary>Whether nothing is to come of what was seen.</summary>
    public readonly bool HaveAllFinished => AreBlocked || (_seen != 0 && _seen == _finished);

    /// <summary>A candidate begins.</summary>
    public void Begin()
    {
        Index = 0;
        IsFinished = false;
    }

    /// <summary>The candidate has been read.</summary>
    public void End()
    {
        var bit = 1UL << (int)Math.Clamp(Index, 0, 63);
        _seen |= bit;
        if (IsFinished)
            _finished |= bit;
    }
}
