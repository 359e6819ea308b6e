using Tollgate.Accounting.AuditTrail;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Rerating;
using Tollgate.Accounting.Usage;
using Tollgate.Operations.Collectors;
using Tollgate.Operations.Collectors.Sources;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Operations.Reconciliation;

/// <summary>Compares the ledger with the providers' own reports, and corrects it.</summary>
/// <param name="workspace">The ledger.</param>
public sealed class ReconciliationOperations(Workspace workspace)
{
    /// <summary>Collects a provider's report and compares the ledger with it.</summary>
    /// <exception cref="CollectorException">A report could not be fetched or read.</exception>
    /// <exception cref="OperationException">The request is not valid.</exception>
    /// <exception cref="FileNotFoundException">There is no ledger in the folder.</exception>
    public async Task<ReconciliationResult> CompareAsync(
        ReconciliationRequest request,
        CancellationToken cancellationToken
    )
    {
        if (request.Tolerance is < 0 or > 1)
            throw FieldRules.CreateException(
                "tolerance",
                FormattableString.Invariant(
                    $"tolerance must be from 0 to 100 % of the provider's value, not {request.Tolerance * 100:0.###} %."
                )
            );
        var query = workspace.OpenQuery();
        var lines = await new CollectorOperations(workspace).CollectAsync(request.Report, cancellationToken);
        var grouping = new ReconciliationGrouping(request.ByDay, request.ByModel, request.ByKey)
        {
            Keys = request.Keys,
            IsCoarse = IsCoarse(request),
        };
        return new ReconciliationResult(
            request,
            lines,
            await CompareAsync(query, grouping, request, lines, cancellationToken)
        );
    }

    /// <summary>Plans corrections by day and model that align the ledger with the report of final days.</summary>
    /// <exception cref="OperationException">The ledger or the report does not allow it.</exception>
    public async Task<CorrectionPlan> PlanCorrectionsAsync(
        ReconciliationResult compared,
        CancellationToken cancellationToken
    )
    {
        var (request, query) = (compared.Request, workspace.OpenQuery());
        var grouping = ReconciliationGrouping.DayAndModel with { IsCoarse = IsCoarse(request) };
        var cells = await CompareAsync(query, grouping, request, compared.Lines, cancellationToken);
        var providers = ReportSources.LedgerProviderIds(request.Report.Provider);
        if (
            await PurgedRecords.ExistAsync(
                query,
                cells,
                providers,
                Period(request.Report),
                workspace.Time,
                cancellationToken
            )
        )
            throw new OperationException(
                OperationError.Conflict,
                "The ledger's rollups contain more than its records: some of these days were purged. Correcting them "
                    + "would count them twice. Nothing was recorded."
            );
        if (compared.Lines.Count == 0 && cells.Count > 0)
            throw new OperationException(
                OperationError.Conflict,
                "The provider reports no usage at all for these days. This usually means that the key belongs to "
                    + "another organization. Nothing was recorded."
            );
        return new CorrectionPlan([
            .. cells
                .Where(IsFinal)
                .Select(cell => ReportCorrections.FromComparison(cell, providers[0]))
                .OfType<ReportCorrection>()
                .Select(static correction => correction.ToRecord()),
        ])
        {
            NotFinal = cells.Count(cell => cell.Status != CellStatus.Matched && !IsFinal(cell)),
        };
    }

    /// <summary>Records corrections, and returns the number of new ones.</summary>
    public async Task<int> CorrectAsync(CorrectionPlan plan, Actor actor, CancellationToken cancellationToken)
    {
        var ledger = await workspace.OpenLedgerAsync(cancellationToken);
        var booked = await ledger.AppendAsync(plan.Records);
        await workspace.AuditTrail.WriteAsync(
            actor,
            AuditedChange.Create("ledger.correct", "ledger", null, plan, CorrectionJson.Default.CorrectionPlan)
        );
        return booked;
    }

    private async Task<IReadOnlyList<ReconciliationCell>> CompareAsync(
        UsageQuery query,
        ReconciliationGrouping grouping,
        ReconciliationRequest request,
        IReadOnlyList<ReportedUsage> lines,
        CancellationToken cancellationToken
    )
    {
        var builder = new ReconciliationBuilder(grouping, workspace.Prices);
        foreach (var provider in ReportSources.LedgerProviderIds(request.Report.Provider))
            await builder.AddLedgerAsync(query, provider, Period(request.Report), cancellationToken);
        foreach (var line in lines)
            builder.Add(line);
        return builder.Compare(request.Tolerance);
    }

    private bool IsFinal(ReconciliationCell cell) => DayCache.IsFinal(cell.Key.Day!.Value, workspace.Time);

    /// <summary>Google's reports distinguish less than those of others.</summary>
    private static bool IsCoarse(ReconciliationRequest request) => request.Report.Provider == "google";

    private static UsagePeriod Period(CollectRequest report) =>
        new(
            new DateTimeOffset(report.From, TimeOnly.MinValue, TimeSpan.Zero),
            new DateTimeOffset(report.To, TimeOnly.MinValue, TimeSpan.Zero)
        );
}
