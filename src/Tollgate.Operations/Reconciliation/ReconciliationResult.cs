using Tollgate.Metering.Usage;
using Tollgate.Operations.Collectors;

namespace Tollgate.Operations.Reconciliation;

/// <summary>The ledger compared with a provider's own report.</summary>
public sealed record ReconciliationResult
{
    internal ReconciliationResult(
        ReconciliationRequest request,
        IReadOnlyList<ReportedUsage> lines,
        IReadOnlyList<ReconciliationCell> cells
    ) => (Request, Lines, Cells) = (request, lines, cells);

    /// <summary>The compared cells with data on either side, in the order of day, model and key.</summary>
    public IReadOnlyList<ReconciliationCell> Cells { get; }

    /// <summary>True if all cells match.</summary>
    public bool IsMatch => Cells.All(static cell => cell.Status == CellStatus.Matched);

    /// <summary>The number of cells of which the provider reports no cost, so that only tokens were compared.</summary>
    public int WithoutCost =>
        Cells.Count(static cell =>
            cell.Provider.Cost is null
            && cell.Ledger.Cost is { } cost
            && cost != Money.Zero
            && cell.Status != CellStatus.MissingAtProvider
        );

    internal ReconciliationRequest Request { get; }

    internal IReadOnlyList<ReportedUsage> Lines { get; }

    /// <summary>The number of cells with a status.</summary>
    public int Count(CellStatus status) => Cells.Count(cell => cell.Status == status);
}

/// <summary>Corrections that align the ledger with a provider's report.</summary>
public sealed record CorrectionPlan
{
    internal CorrectionPlan(IReadOnlyList<UsageRecord> records) => Records = records;

    /// <summary>The number of corrections.</summary>
    public int Count => Records.Count;

    /// <summary>Their sum.</summary>
    public Money Total => Records.Aggregate(Money.Zero, static (sum, record) => sum + (record.Cost ?? Money.Zero));

    /// <summary>
    /// The number of differences that are skipped, because the reports of their days are not final yet.
    /// </summary>
    public int NotFinal { get; init; }

    internal IReadOnlyList<UsageRecord> Records { get; }
}
