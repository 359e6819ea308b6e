using Tollgate.Accounting.Usage;
using Tollgate.Api.Compatibility.LiteLlm.Budgets;
using Tollgate.Api.Compatibility.LiteLlm.Keys;
using Tollgate.Api.Problems;
using Tollgate.Api.Requests;
using Tollgate.Api.Responses;
using Tollgate.Api.Routing;
using Tollgate.Identity.Permissions;
using Tollgate.Operations.Keys;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Api.Compatibility.LiteLlm.Members;

/// <summary>A user or a team, as far as the sender reaches it.</summary>
internal sealed class MemberInfoEndpoints(Workspace workspace)
{
    private readonly KeyLookup _keys = new(workspace);
    private readonly KeyShapeBuilder _keyShapes = new(workspace);
    private readonly MemberDirectory _members = new(workspace);
    private readonly SpendReader _spend = new(workspace);

    /// <summary>The routes with their implementations.</summary>
    public IReadOnlyList<ApiEndpoint> All =>
        [new(MemberInfoRoutes.User, GetUserAsync), new(MemberInfoRoutes.Team, GetTeamAsync)];

    private async Task<ApiResponse> GetUserAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var reach = request.Principal.Reach;
        var keys = await _keys.ListAsync(reach, cancellationToken);
        var user = request.Get(MemberInfoRoutes.UserId) ?? FindOwnUser(request.Principal, keys);
        if (user is null && request.Principal.Kind != PrincipalKind.VirtualKey)
            throw CreateMissing(MemberInfoRoutes.UserId.Name);
        var shown = user is null
            ? await CreateUnnamedAsync(request.Principal.Name, cancellationToken)
            : await _members.FindUserAsync(reach, user, cancellationToken)
                ?? throw new ProblemException(ProblemCode.NotFound, $"User not found: '{user}'.");
        var own = keys.Where(key => key.User == user).ToList();
        var teams = new List<TeamShape>();
        foreach (var team in own.Select(static key => key.Team).OfType<string>().Distinct(StringComparer.Ordinal))
            if (await _members.FindTeamAsync(reach, team, cancellationToken) is { } found)
                teams.Add(found);
        return new JsonResponse<UserInfoShape>(
            new UserInfoShape
            {
                UserId = user,
                UserInfo = shown,
                Keys = await _keyShapes.CreateAllAsync(own, cancellationToken),
                Teams = teams,
            },
            LiteLlmMemberJson.Default.UserInfoShape
        );
    }

    private async Task<ApiResponse> GetTeamAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var reach = request.Principal.Reach;
        var keys = await _keys.ListAsync(reach, cancellationToken);
        var own = request.Principal.Kind == PrincipalKind.VirtualKey ? keys.FirstOrDefault()?.Team : null;
        var team = request.Get(MemberInfoRoutes.TeamId) ?? own ?? throw CreateMissing(MemberInfoRoutes.TeamId.Name);
        var shown =
            await _members.FindTeamAsync(reach, team, cancellationToken)
            ?? throw new ProblemException(ProblemCode.NotFound, $"Team not found: '{team}'.");
        return new JsonResponse<TeamInfoShape>(
            new TeamInfoShape
            {
                TeamId = team,
                TeamInfo = shown,
                Keys = await _keyShapes.CreateAllAsync([.. keys.Where(key => key.Team == team)], cancellationToken),
            },
            LiteLlmMemberJson.Default.TeamInfoShape
        );
    }

    /// <summary>A key that is bound to no user has only its own spend.</summary>
    private async Task<UserShape> CreateUnnamedAsync(string key, CancellationToken cancellationToken) =>
        new()
        {
            UserId = null,
            UserEmail = null,
            Teams = [],
            Spend = await _spend.ReadAsync(UsageReach.Limited([key], [], []), [], cancellationToken),
            MaxBudget = null,
            BudgetDuration = null,
            BudgetResetAt = null,
            TpmLimit = null,
            RpmLimit = null,
        };

    private static string? FindOwnUser(Principal principal, IReadOnlyList<KeyDetails> keys) =>
        principal switch
        {
            { Kind: PrincipalKind.VirtualKey } => keys.FirstOrDefault()?.User,
            { Reach: Reach.Own own } => own.User,
            _ => null,
        };

    private static ProblemException CreateMissing(string parameter) =>
        ProblemException.Invalid(
            new ProblemError
            {
                Parameter = parameter,
                Code = "missing",
                Message = $"{parameter} is missing. The sender itself has none.",
            }
        );
}
