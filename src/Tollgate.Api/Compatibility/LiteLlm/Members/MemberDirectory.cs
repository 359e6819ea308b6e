using Tollgate.Accounting.Registry;
using Tollgate.Accounting.Usage;
using Tollgate.Api.Authorization;
using Tollgate.Api.Compatibility.LiteLlm.Budgets;
using Tollgate.Api.Compatibility.LiteLlm.Keys;
using Tollgate.Api.Endpoints.Usage;
using Tollgate.Identity.Permissions;
using Tollgate.Metering.Limits;
using Tollgate.Operations.Keys;
using Tollgate.Operations.Limits;
using Tollgate.Operations.Registry;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Api.Compatibility.LiteLlm.Members;

/// <summary>
/// The users and teams that a sender may see. A team exists as an entry of the registry, or because a key or a limit
/// names it; likewise a user.
/// </summary>
internal sealed class MemberDirectory(Workspace workspace)
{
    private readonly KeyLookup _keys = new(workspace);
    private readonly KeyOperations _allKeys = new(workspace);
    private readonly LimitOperations _limits = new(workspace);
    private readonly SpendReader _spend = new(workspace);
    private readonly UsageReachResolver _reaches = new(workspace);
    private readonly RegistryOperations<User> _users = RegistryOperations.Users(workspace);
    private readonly RegistryOperations<Team> _teams = RegistryOperations.Teams(workspace);

    /// <summary>Returns a user; null if it does not exist for the sender.</summary>
    public async Task<UserShape?> FindUserAsync(Reach reach, string user, CancellationToken cancellationToken)
    {
        var keys = await _keys.ListAsync(reach, cancellationToken);
        var entry = await _users.FindAsync(user, cancellationToken);
        var budgets = await ScopeBudgets.ReadAsync(_limits, cancellationToken);
        var isKnown =
            keys.Any(key => key.User == user)
            || reach is Reach.Own own && own.User == user
            || reach.IsEverything()
                && (entry is not null || budgets.GetNames(LimitDimension.User).Contains(user, StringComparer.Ordinal));
        if (!isKnown)
            return null;
        var spend = await _spend.ReadAsync(
            await _reaches.ResolveAsync(reach, cancellationToken),
            [UsageFilter.Equal(UsageDimension.User, user)],
            cancellationToken
        );
        return CreateUser(user, entry, budgets.Find(LimitDimension.User, user), spend, keys);
    }

    /// <summary>Returns a team; null if it does not exist for the sender.</summary>
    public async Task<TeamShape?> FindTeamAsync(Reach reach, string team, CancellationToken cancellationToken)
    {
        var keys = await _keys.ListAsync(reach, cancellationToken);
        var entry = await _teams.FindAsync(team, cancellationToken);
        var budgets = await ScopeBudgets.ReadAsync(_limits, cancellationToken);
        var isKnown =
            keys.Any(key => key.Team == team)
            || reach.Includes(key: null, user: null, team)
                && (entry is not null || budgets.GetNames(LimitDimension.Team).Contains(team, StringComparer.Ordinal));
        if (!isKnown)
            return null;
        var spend = await ReadTeamSpendAsync(reach, team, cancellationToken);
        return CreateTeam(team, entry, budgets.Find(LimitDimension.Team, team), spend);
    }

    /// <summary>Returns the names of all users that have an entry, a key, or a limit.</summary>
    public async Task<IReadOnlyList<UserShape>> ListUsersAsync(CancellationToken cancellationToken)
    {
        var keys = await _keys.ListAsync(new Reach.Everything(), cancellationToken);
        var entries = (await _users.ListAsync(cancellationToken)).ToDictionary(static user => user.Name);
        var budgets = await ScopeBudgets.ReadAsync(_limits, cancellationToken);
        var spend = await _spend.ReadByAsync(UsageReach.Everything, UsageDimension.User, cancellationToken);
        return
        [
            .. entries
                .Keys.Concat(keys.Select(static key => key.User).OfType<string>())
                .Concat(budgets.GetNames(LimitDimension.User))
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
                .Select(user =>
                    CreateUser(
                        user,
                        entries.GetValueOrDefault(user),
                        budgets.Find(LimitDimension.User, user),
                        spend.GetValueOrDefault(user),
                        keys
                    )
                ),
        ];
    }

    /// <summary>Returns all teams that have an entry, a key, or a limit.</summary>
    public async Task<IReadOnlyList<TeamShape>> ListTeamsAsync(CancellationToken cancellationToken)
    {
        var keys = await _allKeys.ListAsync(cancellationToken);
        var entries = (await _teams.ListAsync(cancellationToken)).ToDictionary(static team => team.Name);
        var budgets = await ScopeBudgets.ReadAsync(_limits, cancellationToken);
        var spend = await _spend.ReadByAsync(UsageReach.Everything, UsageDimension.Key, cancellationToken);
        var byTeam = keys.ToLookup(static key => key.Team);
        return
        [
            .. entries
                .Keys.Concat(
                    keys.Where(static key => key.RevokedAt is null).Select(static key => key.Team).OfType<string>()
                )
                .Concat(budgets.GetNames(LimitDimension.Team))
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
                .Select(team =>
                    CreateTeam(
                        team,
                        entries.GetValueOrDefault(team),
                        budgets.Find(LimitDimension.Team, team),
                        byTeam[team].Sum(key => spend.GetValueOrDefault(key.Id))
                    )
                ),
        ];
    }

    /// <summary>The spend of the team's keys, revoked ones included, as far as the sender reaches it.</summary>
    private async Task<decimal> ReadTeamSpendAsync(Reach reach, string team, CancellationToken cancellationToken)
    {
        var ids = (await _allKeys.ListAsync(cancellationToken))
            .Where(key => key.Team == team)
            .Select(static key => key.Id)
            .ToHashSet(StringComparer.Ordinal);
        var byKey = await _spend.ReadByAsync(
            await _reaches.ResolveAsync(reach, cancellationToken),
            UsageDimension.Key,
            cancellationToken
        );
        return byKey.Where(pair => ids.Contains(pair.Key)).Sum(static pair => pair.Value);
    }

    private static UserShape CreateUser(
        string user,
        User? entry,
        ScopeBudget budget,
        decimal spend,
        IReadOnlyList<KeyDetails> keys
    ) =>
        new()
        {
            UserId = user,
            UserEmail = entry?.Email,
            Teams =
            [
                .. keys.Where(key => key.User == user)
                    .Select(static key => key.Team)
                    .OfType<string>()
                    .Distinct(StringComparer.Ordinal)
                    .Order(StringComparer.Ordinal),
            ],
            Spend = budget.First?.Used ?? spend,
            MaxBudget = budget.First?.MaxBudget,
            BudgetDuration = budget.First?.Duration,
            BudgetResetAt = budget.First?.ResetsAt,
            TpmLimit = budget.TpmLimit,
            RpmLimit = budget.RpmLimit,
        };

    private static TeamShape CreateTeam(string team, Team? entry, ScopeBudget budget, decimal spend) =>
        new()
        {
            TeamId = team,
            TeamAlias = entry?.Alias ?? team,
            Metadata = entry?.Metadata ?? new Dictionary<string, string>(),
            Spend = budget.First?.Used ?? spend,
            MaxBudget = budget.First?.MaxBudget,
            BudgetDuration = budget.First?.Duration,
            BudgetResetAt = budget.First?.ResetsAt,
            TpmLimit = budget.TpmLimit,
            RpmLimit = budget.RpmLimit,
        };
}
