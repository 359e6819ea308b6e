using Tollgate.Metering.Usage;

namespace Tollgate.Collectors.Reconciling;

/// <summary>What a comparison of a cell shows.</summary>
internal enum CellStatus
{
    /// <summary>Both sides say the same, within the tolerance.</summary>
    Matched,

    /// <summary>Both sides know it and say different things.</summary>
    Differs,

    /// <summary>The provider reports it, the ledger has nothing.</summary>
    MissingHere,

    /// <summary>The ledger has it, the provider reports nothing.</summary>
    MissingThere,
}

/// <summary>A cell with what the ledger (here) and the provider (there) say of it.</summary>
/// <param name="Name">Which day, model and key.</param>
/// <param name="Here">The ledger's sums.</param>
/// <param name="There">The provider's sums.</param>
/// <param name="Tolerance">The difference that is still a match, as a part of the provider's figure.</param>
internal sealed record Comparison(CellName Name, CellSums Here, CellSums There, decimal Tolerance)
{
    /// <summary>Below a millionth of a dollar providers' own figures are noise of binary fractions.</summary>
    private const decimal Noise = 0.000001m;

    /// <summary>The tokens that the provider reports beyond the ledger's.</summary>
    public long TokensDifference => There.Usage.TotalTokens - Here.Usage.TotalTokens;

    /// <summary>The dollars that the provider charges beyond the ledger's; null where it states none.</summary>
    public Money? CostDifference => There.Cost is { } there ? there - (Here.Cost ?? Money.Zero) : null;

    /// <summary>
    /// Whether the tokens differ beyond the tolerance, in any of what is compared: input, cached input, output.
    /// </summary>
    public bool TokensDiffer =>
        IsBeyond(There.Usage.InputTokens, Here.Usage.InputTokens, 0)
        || IsBeyond(There.Usage.OutputTokens, Here.Usage.OutputTokens, 0)
        || (KnowsCache && IsBeyond(There.Usage.CachedTokens, Here.Usage.CachedTokens, 0));

    /// <summary>
    /// Whether the costs differ beyond the tolerance. A cost that the provider does not state is not compared.
    /// </summary>
    public bool CostDiffers => There.Cost is { } there && IsBeyond(there.Usd, (Here.Cost ?? Money.Zero).Usd, Noise);

    /// <summary>Whether the provider's report tells cached input from other input; Google's metrics do not.</summary>
    public bool KnowsCache { get; init; } = true;

    /// <summary>Whether the provider's report states tokens. An export may state costs alone.</summary>
    public bool KnowsTokens { get; init; } = true;

    public CellStatus Status
    {
        get
        {
            if (!(KnowsTokens && TokensDiffer) && !CostDiffers)
                return CellStatus.Matched;
            if (Here.IsNothing && Here.Requests is null or 0)
                return CellStatus.MissingHere;
            return There.IsNothing ? CellStatus.MissingThere : CellStatus.Differs;
        }
    }

    private bool IsBeyond(decimal there, decimal here, decimal noise) =>
        Math.Abs(there - here) > Math.Max(noise, Math.Abs(there) * Tolerance);
}
