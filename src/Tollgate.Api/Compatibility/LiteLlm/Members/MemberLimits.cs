using Tollgate.Accounting.Registry;
using Tollgate.Api.Compatibility.LiteLlm.Budgets;
using Tollgate.Api.Compatibility.LiteLlm.Keys;
using Tollgate.Api.Contracts.Keys;
using Tollgate.Api.Problems;
using Tollgate.Api.Requests;
using Tollgate.Api.Responses;
using Tollgate.Identity.Permissions;
using Tollgate.Metering.Limits;
using Tollgate.Operations.Keys;
using Tollgate.Operations.Limits;
using Tollgate.Operations.Registry;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Api.Compatibility.LiteLlm.Members;

/// <summary>The limits and keys of users and teams, which they have besides their entries.</summary>
internal sealed class MemberLimits(Workspace workspace)
{
    private readonly MemberLimitOperations _limits = new(workspace);
    private readonly LimitOperations _all = new(workspace);
    private readonly KeyOperations _keys = new(workspace);
    private readonly KeyLookup _lookup = new(workspace);

    /// <summary>Sets the limits that a request has, if any.</summary>
    /// <exception cref="ProblemException">A limit is not valid, or the sender may not set limits.</exception>
    public async Task SetAsync(
        ApiRequest request,
        ScopeTerm owner,
        KeyLimitFields fields,
        CancellationToken cancellationToken
    )
    {
        var budgets = await ScopeBudgets.ReadAsync(_all, cancellationToken);
        var current = budgets.Find(owner.Dimension, owner.Value!);
        var limits = KeyLimitReader.Read(BudgetChange.Complete(fields, current));
        if (limits is { IsEmpty: true, BudgetDuration: null })
            return;
        request.RequirePermission(Permission.LimitsWrite);
        await _limits.SetAsync(owner, limits, request.Actor, cancellationToken);
    }

    /// <summary>Deletes users or teams with their limits and their entries, and revokes their keys.</summary>
    /// <exception cref="ProblemException">The sender may not change limits or keys.</exception>
    public async Task<ApiResponse> DeleteAsync<T>(
        ApiRequest request,
        LimitDimension dimension,
        IReadOnlyList<string> names,
        RegistryOperations<T> registry,
        CancellationToken cancellationToken
    )
        where T : Member
    {
        var keys = new List<string>();
        foreach (var name in names)
        {
            keys.AddRange(await DeleteOneAsync(request, new ScopeTerm(dimension, name), cancellationToken));
            if (await registry.FindAsync(name, cancellationToken) is not null)
                await registry.DeleteAsync(name, request.Actor, cancellationToken);
        }

        return new JsonResponse<DeletedMembersShape>(
            new DeletedMembersShape(names, keys),
            LiteLlmMemberJson.Default.DeletedMembersShape
        );
    }

    /// <summary>Deletes the limits, and revokes the keys; returns the ids of the keys.</summary>
    /// <exception cref="ProblemException">The sender may not change limits or keys.</exception>
    private async Task<IReadOnlyList<string>> DeleteOneAsync(
        ApiRequest request,
        ScopeTerm owner,
        CancellationToken cancellationToken
    )
    {
        request.RequirePermission(Permission.LimitsWrite);
        request.RequirePermission(Permission.KeysWrite);
        var keys = (await _lookup.ListAsync(request.Principal.Reach, cancellationToken))
            .Where(key => (owner.Dimension == LimitDimension.User ? key.User : key.Team) == owner.Value)
            .Select(static key => key.Id)
            .ToList();
        foreach (var key in keys)
            await _keys.RevokeAsync(key, request.Actor, cancellationToken);
        await _limits.DeleteAsync(owner, request.Actor, cancellationToken);
        return keys;
    }
}
