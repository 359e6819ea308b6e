using Tollgate.Accounting.Registry;
using Tollgate.Api.Compatibility.LiteLlm.Bodies;
using Tollgate.Api.Problems;
using Tollgate.Api.Requests;
using Tollgate.Api.Responses;
using Tollgate.Api.Routing;
using Tollgate.Metering.Limits;
using Tollgate.Operations.Registry;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Api.Compatibility.LiteLlm.Members;

/// <summary>Creates, changes, and deletes teams.</summary>
internal sealed class TeamAdminEndpoints(Workspace workspace)
{
    private readonly RegistryOperations<Team> _teams = RegistryOperations.Teams(workspace);
    private readonly MemberDirectory _members = new(workspace);
    private readonly MemberLimits _limits = new(workspace);

    /// <summary>The routes with their implementations.</summary>
    public IReadOnlyList<ApiEndpoint> All =>
        [
            new(TeamAdminRoutes.List, ListAsync),
            new(TeamAdminRoutes.Create, CreateAsync),
            new(TeamAdminRoutes.Update, UpdateAsync),
            new(TeamAdminRoutes.Delete, DeleteAsync),
        ];

    private async Task<ApiResponse> ListAsync(ApiRequest request, CancellationToken cancellationToken) =>
        new JsonResponse<IReadOnlyList<TeamShape>>(
            await _members.ListTeamsAsync(cancellationToken),
            LiteLlmMemberJson.Default.IReadOnlyListTeamShape
        );

    private async Task<ApiResponse> CreateAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var body = await LiteLlmBody.ReadNewAsync(request, LiteLlmMemberJson.Default.NewTeamBody, cancellationToken);
        var name = body.TeamId ?? body.TeamAlias ?? Guid.CreateVersion7(workspace.Now).ToString();
        if (await _teams.FindAsync(name, cancellationToken) is not null)
            throw new ProblemException(ProblemCode.Conflict, $"The team '{name}' already exists. Update it instead.");

        // The limits first: they are validated as a whole, and a team without them would be unlimited.
        await _limits.SetAsync(request, new ScopeTerm(LimitDimension.Team, name), body, cancellationToken);
        await _teams.AddAsync(
            new Team
            {
                Name = name,
                Alias = body.TeamAlias,
                Metadata = body.Metadata is { Count: > 0 } notes ? notes : null,
            },
            request.Actor,
            cancellationToken
        );
        return await RespondAsync(request, name, cancellationToken);
    }

    private async Task<ApiResponse> UpdateAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var body = await LiteLlmBody.ReadChangeAsync(
            request,
            LiteLlmMemberJson.Default.UpdateTeamBody,
            cancellationToken
        );
        await RequireKnownAsync(request, body.TeamId, cancellationToken);
        await _limits.SetAsync(request, new ScopeTerm(LimitDimension.Team, body.TeamId), body, cancellationToken);
        if (body.TeamAlias is not null || body.Metadata is not null)
            await ChangeEntryAsync(request, body, cancellationToken);
        return await RespondAsync(request, body.TeamId, cancellationToken);
    }

    private async Task<ApiResponse> DeleteAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var body = await LiteLlmBody.ReadNewAsync(
            request,
            LiteLlmMemberJson.Default.DeleteTeamsBody,
            cancellationToken
        );
        foreach (var team in body.TeamIds)
            await RequireKnownAsync(request, team, cancellationToken);
        return await _limits.DeleteAsync(request, LimitDimension.Team, body.TeamIds, _teams, cancellationToken);
    }

    /// <summary>A team that only a key or a limit names gets its entry.</summary>
    private async Task ChangeEntryAsync(ApiRequest request, UpdateTeamBody body, CancellationToken cancellationToken)
    {
        if (await _teams.FindAsync(body.TeamId, cancellationToken) is null)
            await _teams.AddAsync(Change(new Team { Name = body.TeamId }, body), request.Actor, cancellationToken);
        else
            await _teams.ChangeAsync(body.TeamId, team => Change(team, body), request.Actor, cancellationToken);
    }

    private static Team Change(Team team, UpdateTeamBody body) =>
        team with
        {
            Alias = body.TeamAlias ?? team.Alias,
            Metadata = body.Metadata ?? team.Metadata,
        };

    private async Task<ApiResponse> RespondAsync(
        ApiRequest request,
        string name,
        CancellationToken cancellationToken
    ) =>
        new JsonResponse<TeamShape>(
            await RequireKnownAsync(request, name, cancellationToken),
            LiteLlmMemberJson.Default.TeamShape
        );

    private async Task<TeamShape> RequireKnownAsync(
        ApiRequest request,
        string name,
        CancellationToken cancellationToken
    ) =>
        await _members.FindTeamAsync(request.Principal.Reach, name, cancellationToken)
        ?? throw new ProblemException(ProblemCode.NotFound, $"Team not found: '{name}'.");
}
