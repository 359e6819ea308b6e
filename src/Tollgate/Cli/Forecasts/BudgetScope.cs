using Tollgate.Accounting.Limits.Admission;
using Tollgate.Accounting.Registry;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Limits;

namespace Tollgate.Cli.Forecasts;

/// <summary>Which records count against a limit.</summary>
/// <param name="Conditions">What the records must be.</param>
/// <param name="Team">The team that their key must belong to; null where that does not matter.</param>
/// <param name="Organization">The organisation that their key must belong to; null where that does not matter.</param>
/// <param name="Tag">The tag that they must have; null where that does not matter.</param>
internal sealed record BudgetScope(
    IReadOnlyList<DimensionValue> Conditions,
    string? Team,
    string? Organization,
    string? Tag
)
{
    /// <summary>
    /// Whether records are told by their keys, since they name no team and no organisation themselves.
    /// </summary>
    public bool IsByKey => Team is not null || Organization is not null;

    /// <summary>Whether a key's calls count, by what the key belongs to now.</summary>
    public bool Has(VirtualKey key) =>
        (Team is null || key.Team == Team) && (Organization is null || key.Organization == Organization);

    /// <summary>The scope of a count; null where it is for each value of something and names none.</summary>
    public static BudgetScope? Of(LimitStanding standing)
    {
        // Where a limit counts each value for itself, the target names them in the order of the terms.
        var targets = new Queue<string>(standing.Target.Length == 0 ? [] : standing.Target.Split('\n'));
        var conditions = new List<DimensionValue>();
        var (team, organization, tag) = ((string?)null, (string?)null, (string?)null);
        foreach (var term in standing.Limit.Scope.Terms)
        {
            if (term.Value is null && targets.Count == 0)
                return null;
            var value = term.Value ?? targets.Dequeue();
            if (term.Dimension == LimitDimension.Team)
                team = value;
            else if (term.Dimension == LimitDimension.Organization)
                organization = value;
            else if (term.Dimension == LimitDimension.Tag)
                tag = value;
            else
                conditions.Add(new DimensionValue(DimensionOf(term.Dimension), value));
        }

        return new BudgetScope(conditions, team, organization, tag);
    }

    private static UsageDimension DimensionOf(LimitDimension dimension) =>
        dimension switch
        {
            LimitDimension.Key => UsageDimension.Key,
            LimitDimension.User => UsageDimension.User,
            LimitDimension.Project => UsageDimension.Project,
            LimitDimension.Application => UsageDimension.Application,
            LimitDimension.Model => UsageDimension.Model,
            LimitDimension.Provider => UsageDimension.Provider,
            _ => throw new ArgumentOutOfRangeException(nameof(dimension), dimension, "The ledger is not asked by it."),
        };
}
