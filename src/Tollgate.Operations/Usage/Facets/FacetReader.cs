using Tollgate.Accounting.Usage;
using Tollgate.Operations.Usage.Figures;
using Tollgate.Operations.Usage.Scopes;

namespace Tollgate.Operations.Usage.Facets;

/// <summary>
/// Finds the values of a dimension: from rollups where there are some, otherwise from the latest records of the range.
/// </summary>
internal static class FacetReader
{
    /// <summary>The maximum number of records that are read.</summary>
    public const long MaxRecords = 100_000;

    private const int MaxTop = 1000;

    public static async Task<FacetResult> ReadAsync(
        ReachableUsage usage,
        FacetRequest request,
        CancellationToken cancellationToken
    )
    {
        FieldRules.RequireRange("top", request.Top, 1, MaxTop);
        var scope = request.Scope;
        var query = new UsageSumQuery
        {
            Period = scope.Range.Period,
            Where = scope.Where,
            By = [request.Field],
            Content = UsageSumContent.CallsAndCost,
        };
        if (!query.IsRolledUp)
            query = query with
            {
                Period = await usage.FindPartAsync(query.Period, MaxRecords, UsageOrder.NewestFirst, cancellationToken),
            };
        var from = query.Period.From!.Value;
        var sums = await usage.Query.SumAsync(query, cancellationToken);
        var ranked = sums.OrderByDescending(static sum => sum.Totals.Calls)
            .ThenBy(static sum => sum.Names[0], StringComparer.Ordinal)
            .ToList();
        return new FacetResult
        {
            Range = RangeDetails.Create(scope.Range),
            Field = request.Field,
            Values = [.. ranked.Take(request.Top).Select(static sum => CreateValue(sum.Names[0], sum.Totals))],
            ValueCount = ranked.Count,
            Other = CreateValue(
                null,
                ranked.Skip(request.Top).Aggregate(new UsageTotals(), static (sum, value) => sum + value.Totals)
            ),
            IsCapped = from > scope.Range.From,
            ReadFrom = from,
        };
    }

    private static FacetValue CreateValue(string? value, UsageTotals totals)
    {
        var figures = UsageFigures.Create(totals);
        return new FacetValue(value, figures.Calls, figures.Cost, figures.Unpriced, figures.Estimated);
    }
}
