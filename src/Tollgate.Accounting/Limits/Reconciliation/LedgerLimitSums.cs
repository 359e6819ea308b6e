using Tollgate.Accounting.Limits.Admission;
using Tollgate.Accounting.Limits.Leases;
using Tollgate.Accounting.Time;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Windows;

namespace Tollgate.Accounting.Limits.Reconciliation;

/// <summary>Computes from the ledger's sums what a limit's counters should be.</summary>
internal static class LedgerLimitSums
{
    /// <summary>
    /// Creates the query for a limit's current window; null if there is none: for metrics that do not accumulate, and
    /// for scopes by tag, for which there are no sums.
    /// </summary>
    public static UsageSumQuery? CreateQuery(Limit limit, DateTimeOffset now)
    {
        if (limit.Window is not (CalendarWindow or RollingWindow or TotalWindow))
            return null;
        if (limit.Scope.Terms.Any(static term => term.Dimension == LimitDimension.Tag))
            return null;
        var windows = LeaseAllocator.WindowsAt(limit, UnixMicros.FromTime(now));
        return new UsageSumQuery
        {
            Period =
                limit.Window is TotalWindow
                    ? UsagePeriod.All
                    : new UsagePeriod(StoredTime.ToTime(windows.OldestBooked), null),
            Where =
            [
                .. limit
                    .Scope.Terms.Where(static term =>
                        term
                            is {
                                Value: not null,
                                Dimension: not (
                                    LimitDimension.Model
                                    or LimitDimension.Team
                                    or LimitDimension.Organization
                                )
                            }
                    )
                    .Select(static term => UsageFilter.Equal(term.Dimension.ToUsageDimension(), term.Value)),
            ],
            By = [.. limit.Scope.Terms.SelectMany(static term => ToUsageDimensions(term)).Distinct()],
        };
    }

    /// <summary>True if a query reads rollups only, which are never purged.</summary>
    public static bool ReadsRollupsOnly(UsageSumQuery query) => query.IsRolledUp;

    /// <summary>Returns the amounts by target.</summary>
    /// <param name="limit">The limit.</param>
    /// <param name="query">The query from <see cref="CreateQuery"/>.</param>
    /// <param name="sums">The result of the query.</param>
    /// <param name="membershipOf">Returns the team and the organization of a key.</param>
    public static Dictionary<string, Int128> SumByTarget(
        Limit limit,
        UsageSumQuery query,
        IReadOnlyList<UsageSum> sums,
        Func<string, (string? Team, string? Organization)> membershipOf
    )
    {
        var table = new LimitTable([new CompiledLimit(limit)]);
        var amounts = new Dictionary<string, Int128>();
        List<(CompiledLimit Limit, string Target)> found = [];
        foreach (var sum in sums)
        {
            found.Clear();
            table.Match(CreateSubject(limit, query, sum, membershipOf), found);
            var amount = new LimitDemand(sum.Totals.Usage, sum.Totals.Cost)[limit.Metric] ?? 0;
            foreach (var (_, target) in found)
                amounts[target] = amounts.GetValueOrDefault(target) + amount;
        }

        return amounts;
    }

    private static LimitSubject CreateSubject(
        Limit limit,
        UsageSumQuery query,
        UsageSum sum,
        Func<string, (string? Team, string? Organization)> membershipOf
    )
    {
        string? Value(UsageDimension dimension)
        {
            for (var index = 0; index < query.By.Count; index++)
                if (query.By[index] == dimension)
                    return sum.Names[index];
            return query
                .Where.OfType<DimensionFilter>()
                .FirstOrDefault(condition => condition.Dimension == dimension)
                ?.Values[0];
        }

        var key = Value(UsageDimension.Key);
        var (team, organization) = key is null ? default : membershipOf(key);
        var attribution = new Metering.Usage.Attribution
        {
            KeyId = key,
            User = Value(UsageDimension.User),
            Project = Value(UsageDimension.Project),
            Application = Value(UsageDimension.Application),
        };
        return new LimitSubject(
            attribution,
            Value(UsageDimension.Provider) ?? "",
            Value(UsageDimension.Model) ?? "",
            Value(UsageDimension.ModelGroup),
            team,
            organization
        );
    }

    private static IEnumerable<UsageDimension> ToUsageDimensions(ScopeTerm term) =>
        term switch
        {
            { Dimension: LimitDimension.Model, Value: not null } => [UsageDimension.Model, UsageDimension.ModelGroup],
            { Dimension: LimitDimension.Team or LimitDimension.Organization } => [UsageDimension.Key],
            { Value: null } => [term.Dimension.ToUsageDimension()],
            _ => [],
        };
}
