using Tollgate.Accounting.AuditTrail;
using Tollgate.Api.Authorization;
using Tollgate.Api.Contracts;
using Tollgate.Api.Contracts.Limits;
using Tollgate.Api.Endpoints.Paging;
using Tollgate.Api.Endpoints.Usage;
using Tollgate.Api.Problems;
using Tollgate.Api.Requests;
using Tollgate.Api.Responses;
using Tollgate.Api.Routing;
using Tollgate.Identity.Permissions;
using Tollgate.Metering.Limits;
using Tollgate.Operations.Json;
using Tollgate.Operations.Keys;
using Tollgate.Operations.Limits;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Api.Endpoints.Limits;

/// <summary>Limits, their state, and their counters.</summary>
internal sealed class LimitEndpoints(Workspace workspace)
{
    private readonly LimitOperations _limits = new(workspace);
    private readonly LimitPreviewOperations _previews = new(workspace);
    private readonly CounterOperations _counters = new(workspace);
    private readonly KeyOperations _keys = new(workspace);

    /// <summary>The routes with their implementations.</summary>
    public IReadOnlyList<ApiEndpoint> All =>
        [
            new(LimitRoutes.List, ListAsync),
            new(LimitRoutes.States, ListStatesAsync),
            new(LimitRoutes.Get, GetAsync),
            new(LimitRoutes.Set, SetAsync),
            new(LimitRoutes.Preview, PreviewAsync),
            new(LimitRoutes.Increase, IncreaseAsync),
            new(LimitRoutes.Reset, ResetAsync),
            new(LimitRoutes.Delete, DeleteAsync),
        ];

    private async Task<ApiResponse> ListAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var limits = await ListWithinAsync(request.Principal, cancellationToken);
        var page = MemoryPages.Create(
            request,
            limits,
            static limit => limit.Id,
            static limit => [limit.Id, limit.Owner]
        );
        return new ListResponse<LimitDetails>(page, OperationsJson.Default.LimitDetails);
    }

    private async Task<ApiResponse> ListStatesAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var within = await ListWithinAsync(request.Principal, cancellationToken);
        var ids = within.Select(static limit => limit.Id).ToHashSet(StringComparer.Ordinal);
        var states = (await _limits.ReadUsageAsync(cancellationToken)).Limits.Where(state => ids.Contains(state.Limit));
        var page = MemoryPages.Create(
            request,
            states,
            static state => $"{state.Limit}\n{string.Join('\n', state.Target)}",
            static state => [state.Limit, .. state.Target]
        );
        return new ListResponse<LimitUsage>(page, OperationsJson.Default.LimitUsage);
    }

    private async Task<ApiResponse> GetAsync(ApiRequest request, CancellationToken cancellationToken) =>
        JsonResponse<LimitDetails>.ForEntry(
            await FindAsync(request, cancellationToken),
            OperationsJson.Default.LimitDetails
        );

    private async Task<ApiResponse> SetAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var body = await request.ReadBodyAsync(ContractJson.Default.SetLimitBody, cancellationToken);
        await RequireManagedAsync(request.Principal, ReadScope(body), cancellationToken);
        return await SetAsync(LimitReader.Read(body), request.Actor, cancellationToken);
    }

    private async Task<ApiResponse> PreviewAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var body = await request.ReadBodyAsync(ContractJson.Default.SetLimitBody, cancellationToken);
        await RequireShownAsync(request.Principal, ReadScope(body), cancellationToken);
        var preview = await _previews.PreviewAsync(
            LimitReader.Read(body),
            ScopeParameters.ReadRange(request, workspace.Now),
            cancellationToken
        );
        return new JsonResponse<LimitPreview>(preview, OperationsJson.Default.LimitPreview);
    }

    private async Task<ApiResponse> IncreaseAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var limit = await FindAsync(request, cancellationToken);
        await RequireManagedAsync(request.Principal, limit.Scope, cancellationToken);
        var body = await request.ReadBodyAsync(ContractJson.Default.IncreaseLimitBody, cancellationToken);
        return await SetAsync(LimitReader.Increase(limit, body), request.Actor, cancellationToken);
    }

    private async Task<ApiResponse> ResetAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var limit = await FindAsync(request, cancellationToken);
        await RequireManagedAsync(request.Principal, limit.Scope, cancellationToken);
        var body = await request.ReadBodyAsync(ContractJson.Default.ResetLimitBody, cancellationToken);
        var reset = await _counters.ResetAsync(
            new CounterSelection
            {
                Limit = limit.Id,
                Scope = [.. (body.Scope ?? []).Select(static term => new ScopeTerm(term.Dimension, term.Value))],
            },
            request.Actor,
            cancellationToken
        );
        return new ListResponse<LimitUsage>(new ListPage<LimitUsage>(reset), OperationsJson.Default.LimitUsage);
    }

    private async Task<ApiResponse> DeleteAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var limit = await FindAsync(request, cancellationToken);
        await RequireManagedAsync(request.Principal, limit.Scope, cancellationToken);
        request.RequireCurrent(limit, OperationsJson.Default.LimitDetails);
        await _limits.DeleteAsync(limit.Id, request.Actor, cancellationToken);
        return EmptyResponse.Done;
    }

    private async Task<ApiResponse> SetAsync(SetLimitRequest change, Actor actor, CancellationToken cancellationToken)
    {
        var results = await _limits.SetAsync([change], actor, cancellationToken);
        return new JsonResponse<SetLimitResult>(results[0], OperationsJson.Default.SetLimitResult);
    }

    /// <summary>Returns the limit of the path; one outside the sender's reach does not exist.</summary>
    private async Task<LimitDetails> FindAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var id = request.GetPathValue("id");
        var limits = await ListWithinAsync(request.Principal, cancellationToken);
        return limits.FirstOrDefault(limit => limit.Id == id)
            ?? throw new ProblemException(ProblemCode.NotFound, $"There is no limit '{id}'.");
    }

    private async Task<IReadOnlyList<LimitDetails>> ListWithinAsync(
        Principal principal,
        CancellationToken cancellationToken
    )
    {
        var limits = (await _limits.ListAsync(cancellationToken)).Limits;
        if (principal.Reach.IsEverything())
            return limits;
        var keys = await _keys.ListAsync(cancellationToken);
        return [.. limits.Where(limit => principal.Reach.Shows(limit.Scope, keys))];
    }

    /// <summary>Requires that the sender may set or change a limit with this scope.</summary>
    private async Task RequireManagedAsync(
        Principal principal,
        IReadOnlyList<LimitScopeTerm> scope,
        CancellationToken cancellationToken
    )
    {
        if (principal.Reach.IsEverything())
            return;
        var keys = await _keys.ListAsync(cancellationToken);
        if (!principal.Reach.Shows(scope, keys))
            throw CreateOutside(principal);
        if (!principal.Reach.Manages(scope, keys))
            throw new ProblemException(
                ProblemCode.Forbidden,
                $"{principal.Describe()} may change the limits of single keys of a team, and of its users, projects, "
                    + "and applications, but not those of the whole team. Name one of these in scope, or ask an "
                    + "administrator."
            );
    }

    private async Task RequireShownAsync(
        Principal principal,
        IReadOnlyList<LimitScopeTerm> scope,
        CancellationToken cancellationToken
    )
    {
        if (!principal.Reach.IsEverything() && !principal.Reach.Shows(scope, await _keys.ListAsync(cancellationToken)))
            throw CreateOutside(principal);
    }

    private static ProblemException CreateOutside(Principal principal) =>
        new(
            ProblemCode.Forbidden,
            $"{principal.Describe()} may set limits only for {principal.Reach.Describe()}. Name one of them in scope."
        );

    private static IReadOnlyList<LimitScopeTerm> ReadScope(SetLimitBody body) =>
        [.. (body.Scope ?? []).Select(static term => new LimitScopeTerm(term.Dimension, term.Value))];
}
