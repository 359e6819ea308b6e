using Tollgate.Metering.Usage;

namespace Tollgate.Collectors.Reconciling;

/// <summary>The result of comparing a cell.</summary>
internal enum CellStatus
{
    /// <summary>Both sides agree, within the tolerance.</summary>
    Matched,

    /// <summary>Both sides have it, but differ.</summary>
    Differs,

    /// <summary>The provider reports it, but the ledger does not have it.</summary>
    MissingHere,

    /// <summary>The ledger has it, but the provider does not report it.</summary>
    MissingThere,
}

/// <summary>A cell with the totals of the ledger (here) and of the provider (there).</summary>
/// <param name="Name">The day, model and key.</param>
/// <param name="Here">The ledger's sums.</param>
/// <param name="There">The provider's sums.</param>
/// <param name="Tolerance">The maximum difference that is still a match, as a fraction of the provider's
/// figure.</param>
internal sealed record Comparison(CellName Name, CellSums Here, CellSums There, decimal Tolerance)
{
    /// <summary>Below a millionth of a dollar, providers' figures are floating-point noise.</summary>
    private const decimal Noise = 0.000001m;

    /// <summary>The tokens that the provider reports in excess of the ledger's.</summary>
    public long TokensDifference => There.Usage.TotalTokens - Here.Usage.TotalTokens;

    /// <summary>The dollars that the provider charges in excess of the ledger's; null if it reports none.</summary>
    public Money? CostDifference => There.Cost is { } there ? there - (Here.Cost ?? Money.Zero) : null;

    /// <summary>
    /// Whether the tokens differ beyond the tolerance, in any compared kind: input, cached input, output.
    /// </summary>
    public bool TokensDiffer =>
        IsBeyond(There.Usage.InputTokens, Here.Usage.InputTokens, 0)
        || IsBeyond(There.Usage.OutputTokens, Here.Usage.OutputTokens, 0)
        || (KnowsCache && IsBeyond(There.Usage.CachedTokens, Here.Usage.CachedTokens, 0));

    /// <summary>
    /// Whether the costs differ beyond the tolerance. A cost that the provider does not report is not compared.
    /// </summary>
    public bool CostDiffers => There.Cost is { } there && IsBeyond(there.Usd, (Here.Cost ?? Money.Zero).Usd, Noise);

    /// <summary>Whether the provider's report distinguishes cached input; Google's metrics do not.</summary>
    public bool KnowsCache { get; init; } = true;

    /// <summary>Whether the provider's report includes tokens. An export may include only costs.</summary>
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
