using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Tollgate.Accounting.Registry;
using Tollgate.Api.Authorization;
using Tollgate.Api.Endpoints.Paging;
using Tollgate.Api.Problems;
using Tollgate.Api.Requests;
using Tollgate.Api.Responses;
using Tollgate.Api.Routing;
using Tollgate.Operations.Keys;
using Tollgate.Operations.Registry;

namespace Tollgate.Api.Endpoints.Members;

/// <summary>The registry's entries of one kind: users, teams, projects, or applications.</summary>
/// <param name="rows">Their rows.</param>
/// <param name="operations">Their use cases.</param>
/// <param name="bodies">Their contracts.</param>
/// <param name="keys">The keys, which may be bound to entries.</param>
internal sealed class MemberEndpoints<T, TAdd, TChange>(
    MemberRoutes rows,
    RegistryOperations<T> operations,
    MemberBodies<T, TAdd, TChange> bodies,
    KeyOperations keys
)
    where T : Member
    where TAdd : class
    where TChange : class
{
    private readonly JsonTypeInfo<T> _type = (JsonTypeInfo<T>)rows.Item;

    /// <summary>The routes with their implementations.</summary>
    public IReadOnlyList<ApiEndpoint> All =>
        [
            new(rows.List, ListAsync),
            new(rows.Get, GetAsync),
            new(rows.Add, AddAsync),
            new(rows.Change, ChangeAsync),
            new(rows.Delete, DeleteAsync),
        ];

    private async Task<ApiResponse> ListAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var members = (await operations.ListAsync(cancellationToken)).Where(member => IsWithin(request, member));
        var page = MemoryPages.Create(request, members, static member => member.Name, bodies.Texts);
        return new ListResponse<T>(page, _type);
    }

    private async Task<ApiResponse> GetAsync(ApiRequest request, CancellationToken cancellationToken) =>
        JsonResponse<T>.ForEntry(
            await operations.FindAsync(request.GetPathValue("name"), cancellationToken) is { } found
            && IsWithin(request, found)
                ? found
                : throw CreateUnknown(request),
            _type
        );

    private async Task<ApiResponse> AddAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var body = await request.ReadBodyAsync((JsonTypeInfo<TAdd>)rows.AddBody, cancellationToken);
        var member = bodies.Create(body);
        RequireWithin(request, member);
        await RequireUnboundAsync(request, member, cancellationToken);
        var added = await operations.AddAsync(member, request.Actor, cancellationToken);
        return new JsonResponse<T>(added, _type)
        {
            EntityTag = EntityTag.Create(added, _type),
            Status = StatusCodes.Status201Created,
            Location = $"/api/v1/{rows.Names}/{Uri.EscapeDataString(added.Name)}",
        };
    }

    private async Task<ApiResponse> ChangeAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var body = await request.ReadBodyAsync((JsonTypeInfo<TChange>)rows.ChangeBody, cancellationToken);
        var changed = await operations.ChangeAsync(
            request.GetPathValue("name"),
            before =>
            {
                RequireChangeable(request, before);
                var after = bodies.Change(before, body);
                RequireWithin(request, after);
                return after;
            },
            request.Actor,
            cancellationToken
        );
        return JsonResponse<T>.ForEntry(changed, _type);
    }

    private async Task<ApiResponse> DeleteAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        await operations.DeleteAsync(
            request.GetPathValue("name"),
            before => RequireChangeable(request, before),
            request.Actor,
            cancellationToken
        );
        return EmptyResponse.Done;
    }

    /// <summary>True if the sender sees an entry: managers see those of their teams.</summary>
    private bool IsWithin(ApiRequest request, T member) =>
        request.Principal.Reach.Includes(key: null, user: null, bodies.Team(member));

    /// <summary>Requires that the sender sees an entry, and has seen its present state.</summary>
    private void RequireChangeable(ApiRequest request, T before)
    {
        if (!IsWithin(request, before))
            throw CreateUnknown(request);
        request.RequireCurrent(before, _type);
    }

    /// <summary>Requires that the sender administers an entry as it will be.</summary>
    private void RequireWithin(ApiRequest request, T after)
    {
        if (!IsWithin(request, after))
            throw new ProblemException(
                ProblemCode.Forbidden,
                $"{request.Principal.Describe()} may have {rows.Names} only for {request.Principal.Reach.Describe()}. "
                    + "Set team to one of them."
            );
    }

    /// <summary>
    /// Requires that no key of others is bound to the name of a new entry: the gateway refuses the calls of these keys
    /// if the entry is not enabled.
    /// </summary>
    private async Task RequireUnboundAsync(ApiRequest request, T member, CancellationToken cancellationToken)
    {
        var reach = request.Principal.Reach;
        if (reach.IsEverything())
            return;
        var isBound = (await keys.ListAsync(cancellationToken)).Any(key =>
            key.RevokedAt is null && bodies.Bound(key) == member.Name && !reach.Includes(key.Id, key.User, key.Team)
        );
        if (isBound)
            throw new ProblemException(
                ProblemCode.Forbidden,
                $"Keys of others are bound to the {rows.Kind} '{member.Name}'. Ask an administrator to add it."
            );
    }

    private ProblemException CreateUnknown(ApiRequest request) =>
        new(ProblemCode.NotFound, $"There is no {rows.Kind} '{request.GetPathValue("name")}'.");
}
