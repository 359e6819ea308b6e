using Tollgate.Metering.Usage;

namespace Tollgate.Operations.Reconciliation;

/// <summary>A cell with the totals of the ledger and of the provider.</summary>
/// <param name="Key">The day, model and key.</param>
/// <param name="Ledger">The ledger's sums.</param>
/// <param name="Provider">The provider's sums.</param>
/// <param name="Tolerance">The maximum difference that is still a match, as a fraction of the provider's
/// figure.</param>
public sealed record ReconciliationCell(
    ReconciliationKey Key,
    ReconciliationTotals Ledger,
    ReconciliationTotals Provider,
    decimal Tolerance
)
{
    /// <summary>Below a millionth of a dollar, providers' figures are floating-point noise.</summary>
    private const decimal Noise = 0.000001m;

    /// <summary>The tokens that the provider reports in excess of the ledger's.</summary>
    public long TokensDifference => Provider.Usage.TotalTokens - Ledger.Usage.TotalTokens;

    /// <summary>The dollars that the provider charges in excess of the ledger's; null if it reports none.</summary>
    public Money? CostDifference => Provider.Cost is { } there ? there - (Ledger.Cost ?? Money.Zero) : null;

    /// <summary>
    /// True if the tokens differ beyond the tolerance, in any compared kind: input, cached input, output.
    /// </summary>
    public bool TokensDiffer =>
        IsBeyond(Provider.Usage.InputTokens, Ledger.Usage.InputTokens, 0)
        || IsBeyond(Provider.Usage.OutputTokens, Ledger.Usage.OutputTokens, 0)
        || (StatesCachedInput && IsBeyond(Provider.Usage.CachedTokens, Ledger.Usage.CachedTokens, 0));

    /// <summary>
    /// True if the costs differ beyond the tolerance. A cost that the provider does not report is not compared.
    /// </summary>
    public bool CostDiffers =>
        Provider.Cost is { } there && IsBeyond(there.Usd, (Ledger.Cost ?? Money.Zero).Usd, Noise);

    /// <summary>True if the provider's report distinguishes cached input; Google's metrics do not.</summary>
    public bool StatesCachedInput { get; init; } = true;

    /// <summary>True if the provider's report includes tokens. An export may include only costs.</summary>
    public bool StatesTokens { get; init; } = true;

    /// <summary>The result.</summary>
    public CellStatus Status
    {
        get
        {
            if (!(StatesTokens && TokensDiffer) && !CostDiffers)
                return CellStatus.Matched;
            if (Ledger.IsEmpty && Ledger.Requests is null or 0)
                return CellStatus.MissingInLedger;
            return Provider.IsEmpty ? CellStatus.MissingAtProvider : CellStatus.Differs;
        }
    }

    private bool IsBeyond(decimal there, decimal here, decimal noise) =>
        Math.Abs(there - here) > Math.Max(noise, Math.Abs(there) * Tolerance);
}
