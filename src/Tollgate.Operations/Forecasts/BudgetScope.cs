using Tollgate.Accounting.Limits.Admission;
using Tollgate.Accounting.Registry;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Limits;

namespace Tollgate.Operations.Forecasts;

/// <summary>The records that count against a limit.</summary>
/// <param name="Conditions">The conditions that the records must meet.</param>
/// <param name="Team">The team that their key must belong to; null for any.</param>
/// <param name="Organization">The organization that their key must belong to; null for any.</param>
/// <param name="Tag">The tag that they must have; null for any.</param>
internal sealed record BudgetScope(
    IReadOnlyList<UsageFilter> Conditions,
    string? Team,
    string? Organization,
    string? Tag
)
{
    /// <summary>
    /// True if records are selected by their keys, since they contain no team or organization themselves.
    /// </summary>
    public bool IsByKey => Team is not null || Organization is not null;

    /// <summary>True if a key's calls count, by the key's current team and organization.</summary>
    public bool Contains(VirtualKey key) =>
        (Team is null || key.Team == Team) && (Organization is null || key.Organization == Organization);

    /// <summary>Returns the scope of a counter; null if it counts each value separately and has no target.</summary>
    public static BudgetScope? FromStatus(LimitStatus status)
    {
        // If a limit counts each value separately, the target lists them in the order of the terms.
        var targets = new Queue<string>(new LimitTarget(status.Target).Values);
        var conditions = new List<UsageFilter>();
        var (team, organization, tag) = ((string?)null, (string?)null, (string?)null);
        foreach (var term in status.Limit.Scope.Terms)
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
                conditions.Add(UsageFilter.Equal(term.Dimension.ToUsageDimension(), value));
        }

        return new BudgetScope(conditions, team, organization, tag);
    }
}
