using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Usage;

namespace Tollgate.Operations.Usage.Scopes;

/// <summary>
/// The usage within a caller's reach, with bounds on the number of records that are read. The features read the ledger
/// only through it, so that none can forget the reach.
/// </summary>
/// <param name="all">The ledger, whose number of records bounds what may be read.</param>
/// <param name="reach">The caller's reach.</param>
/// <param name="now">The current time.</param>
internal sealed class ReachableUsage(UsageQuery all, UsageReach reach, DateTimeOffset now)
{
    /// <summary>The current time, at which a bucket is unfinished.</summary>
    public DateTimeOffset Now => now;

    /// <summary>The ledger as the caller sees it.</summary>
    public UsageQuery Query { get; } = all.Within(reach);

    public Task<UsageTotals> TotalsAsync(UsageScope scope, CancellationToken cancellationToken) =>
        Query.TotalsAsync(scope.Range.Period, scope.Where, cancellationToken);

    /// <summary>
    /// Requires that a range has no more records than may be read for one result. Sessions and applications have an
    /// index, so a condition on one of them reads only its own records.
    /// </summary>
    /// <param name="field">The parameter that makes the records necessary.</param>
    /// <param name="scope">The range and its conditions.</param>
    /// <param name="max">The maximum number of records.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="OperationException">There are more.</exception>
    public async Task RequireReadableAsync(
        string field,
        UsageScope scope,
        long max,
        CancellationToken cancellationToken
    )
    {
        if (scope.Where.Any(HasIndex))
            return;
        // All calls of the period are read to find those that match, from rollups here, in a moment.
        var totals = await all.TotalsAsync(scope.Range.Period, cancellationToken: cancellationToken);
        if (totals.Calls > max)
            throw FieldRules.CreateException(
                field,
                FormattableString.Invariant(
                    $"{field} reads every record of the range, which has more than the {max} that are allowed. Choose "
                ) + "a shorter range, or filter by a session or an application."
            );
    }

    /// <summary>Requires it only for a query that rollups cannot serve.</summary>
    public Task RequireReadableAsync(
        string field,
        UsageScope scope,
        IReadOnlyList<UsageDimension> by,
        long max,
        CancellationToken cancellationToken
    ) =>
        new UsageSumQuery { By = by, Where = scope.Where }.IsRolledUp
            ? Task.CompletedTask
            : RequireReadableAsync(field, scope, max, cancellationToken);

    /// <inheritdoc cref="PeriodPartFinder.FindAsync"/>
    public Task<UsagePeriod> FindPartAsync(
        UsagePeriod period,
        long max,
        UsageOrder order,
        CancellationToken cancellationToken
    ) => new PeriodPartFinder(all, order).FindAsync(period, max, cancellationToken);

    /// <summary>
    /// True if the conditions leave out some records of the period without an index that finds the others, so that
    /// records are read in vain.
    /// </summary>
    public bool IsSearch(UsageScope scope) =>
        scope.Where is var where && !where.Any(HasIndex) && (where.Count > 0 || !reach.IsEverything);

    private static bool HasIndex(UsageFilter filter) =>
        filter
            is CallFilter
                or DimensionFilter
            {
                Operator: DimensionOperator.In,
                Dimension: UsageDimension.Session or UsageDimension.Application,
            };
}
