namespace Tollgate.Gateway.Routing;

/// <summary>
/// The deployments that one call may try, group by group. Within a group the next one is drawn by weight among those
/// not tried yet; a deployment that is cooling down is tried only if nothing else is left.
/// </summary>
internal sealed class RoutePlan
{
    private readonly IReadOnlyList<DeploymentState[]> _groups;
    private readonly RouteTable _table;
    private readonly HashSet<DeploymentState>? _tried;
    private int _group;

    public RoutePlan(RouteTable table, IReadOnlyList<DeploymentState[]> groups)
    {
        _table = table;
        _groups = groups;
        // The ordinary plan has one deployment and does not need to track what was tried.
        _tried = groups.Count == 1 && groups[0].Length == 1 ? null : [];
    }

    /// <summary>The next deployment, or null if all have been tried.</summary>
    public DeploymentState? Next(DateTimeOffset now)
    {
        if (_tried is null)
            return _group++ == 0 ? _groups[0][0] : null;
        while (_group < _groups.Count)
        {
            if (PickWeighted(_groups[_group], now) is { } drawn)
            {
                _tried.Add(drawn);
                return drawn;
            }

            _group++;
        }

        return null;
    }

    /// <summary>
    /// True if <see cref="Next"/> would return another deployment; those passed over in earlier groups do not count.
    /// </summary>
    public bool HasUntried =>
        _tried is null ? _group == 0 : _groups.Skip(_group).Any(group => !_tried.IsSupersetOf(group));

    /// <summary>Clears what was tried, and draws from the start.</summary>
    public DeploymentState Reset(DateTimeOffset now)
    {
        _tried?.Clear();
        _group = 0;
        return Next(now)!;
    }

    private DeploymentState? PickWeighted(DeploymentState[] group, DateTimeOffset now) =>
        PickWeightedAmong(group, state => !state.IsCoolingDown(now))
        ?? (HasLaterGroup ? null : PickWeightedAmong(group, static _ => true));

    private bool HasLaterGroup => _group + 1 < _groups.Count;

    private DeploymentState? PickWeightedAmong(DeploymentState[] group, Func<DeploymentState, bool> isEligible)
    {
        var total = 0;
        foreach (var state in group)
            if (!_tried!.Contains(state) && isEligible(state))
                total += state.Deployment.Weight;
        if (total == 0)
            return null;

        var point = _table.NextRandom(total);
        foreach (var state in group)
        {
            if (_tried!.Contains(state) || !isEligible(state))
                continue;
            point -= state.Deployment.Weight;
            if (point < 0)
                return state;
        }

        return null;
    }
}
