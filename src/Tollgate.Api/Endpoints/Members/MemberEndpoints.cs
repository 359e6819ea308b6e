using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Tollgate.Accounting.Registry;
using Tollgate.Api.Endpoints.Paging;
using Tollgate.Api.Problems;
using Tollgate.Api.Requests;
using Tollgate.Api.Responses;
using Tollgate.Api.Routing;
using Tollgate.Operations.Registry;

namespace Tollgate.Api.Endpoints.Members;

/// <summary>The registry's entries of one kind: users, projects, or applications.</summary>
/// <param name="rows">Their rows.</param>
/// <param name="operations">Their use cases.</param>
/// <param name="bodies">Their contracts.</param>
internal sealed class MemberEndpoints<T, TAdd, TChange>(
    MemberRoutes rows,
    RegistryOperations<T> operations,
    MemberBodies<T, TAdd, TChange> bodies
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
        var members = await operations.ListAsync(cancellationToken);
        var page = MemoryPages.Create(request, members, static member => member.Name, bodies.Texts);
        return new ListResponse<T>(page, _type);
    }

    private async Task<ApiResponse> GetAsync(ApiRequest request, CancellationToken cancellationToken) =>
        JsonResponse<T>.ForEntry(await FindAsync(request.GetPathValue("name"), cancellationToken), _type);

    private async Task<ApiResponse> AddAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var body = await request.ReadBodyAsync((JsonTypeInfo<TAdd>)rows.AddBody, cancellationToken);
        var added = await operations.AddAsync(bodies.Create(body), request.Actor, cancellationToken);
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
                request.RequireCurrent(before, _type);
                return bodies.Change(before, body);
            },
            request.Actor,
            cancellationToken
        );
        return JsonResponse<T>.ForEntry(changed, _type);
    }

    private async Task<ApiResponse> DeleteAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var name = request.GetPathValue("name");
        request.RequireCurrent(await FindAsync(name, cancellationToken), _type);
        await operations.DeleteAsync(name, request.Actor, cancellationToken);
        return EmptyResponse.Done;
    }

    private async Task<T> FindAsync(string name, CancellationToken cancellationToken) =>
        await operations.FindAsync(name, cancellationToken)
        ?? throw new ProblemException(ProblemCode.NotFound, $"There is no {rows.Kind} '{name}'.");
}
