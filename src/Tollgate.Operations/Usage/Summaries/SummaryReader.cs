using Tollgate.Operations.Usage.Figures;
using Tollgate.Operations.Usage.Scopes;

namespace Tollgate.Operations.Usage.Summaries;

/// <summary>Computes totals.</summary>
internal static class SummaryReader
{
    /// <summary>The maximum number of records that are read where rollups do not suffice.</summary>
    private const long MaxRecords = 5_000_000;

    public static async Task<SummaryResult> ReadAsync(
        ReachableUsage usage,
        SummaryRequest request,
        CancellationToken cancellationToken
    )
    {
        var scope = request.Scope;
        await usage.RequireReadableAsync("filter", scope, [], MaxRecords, cancellationToken);
        var totals = await usage.TotalsAsync(scope, cancellationToken);
        return new SummaryResult
        {
            Range = RangeDetails.Create(scope.Range),
            Totals = UsageFigures.Create(totals),
            Percentiles = request.WithPercentiles
                ? await PercentileReader.ReadAsync(usage, scope, totals, cancellationToken)
                : null,
            Comparison = request.Comparison is { } earlier
                ? await ReadAsync(
                    usage,
                    request with
                    {
                        Scope = scope.In(earlier),
                        Comparison = null,
                    },
                    cancellationToken
                )
                : null,
        };
    }
}
