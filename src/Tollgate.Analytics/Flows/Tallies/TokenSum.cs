namespace Tollgate.Analytics.Flows.Tallies;

/// <summary>A sum of tokens in two halves, neither of which overflows before 2^33 flows.</summary>
internal struct TokenSum
{
    private long _tokens,
        _rest;

    public readonly Int128 Nano => ((Int128)_tokens * TokenAmount.PerToken) + _rest;

    /// <param name="tokens">Whole tokens.</param>
    /// <param name="rest">In units of 1e-9 token, less than one token.</param>
    public void Add(long tokens, long rest)
    {
        _tokens += tokens;
        _rest += rest;
    }
}
