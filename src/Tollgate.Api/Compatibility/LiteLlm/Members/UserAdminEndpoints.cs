using Tollgate.Accounting.Registry;
using Tollgate.Api.Compatibility.LiteLlm.Bodies;
using Tollgate.Api.Problems;
using Tollgate.Api.Requests;
using Tollgate.Api.Responses;
using Tollgate.Api.Routing;
using Tollgate.Identity.Permissions;
using Tollgate.Metering.Limits;
using Tollgate.Operations.Keys;
using Tollgate.Operations.Registry;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Api.Compatibility.LiteLlm.Members;

/// <summary>Creates, changes, and deletes users.</summary>
internal sealed class UserAdminEndpoints(Workspace workspace)
{
    private const string OnlyRole = "internal_user";

    private readonly RegistryOperations<User> _users = RegistryOperations.Users(workspace);
    private readonly KeyOperations _keys = new(workspace);
    private readonly MemberDirectory _members = new(workspace);
    private readonly MemberLimits _limits = new(workspace);

    /// <summary>The routes with their implementations.</summary>
    public IReadOnlyList<ApiEndpoint> All =>
        [
            new(UserAdminRoutes.List, ListAsync),
            new(UserAdminRoutes.Create, CreateAsync),
            new(UserAdminRoutes.Update, UpdateAsync),
            new(UserAdminRoutes.Delete, DeleteAsync),
        ];

    private async Task<ApiResponse> ListAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var email = request.Get(UserAdminRoutes.Email);
        var ids = request.Get(UserAdminRoutes.UserIds)?.Split(',', StringSplitOptions.TrimEntries);
        var found = (await _members.ListUsersAsync(cancellationToken))
            .Where(user =>
                (email is null || user.UserEmail?.Contains(email, StringComparison.OrdinalIgnoreCase) == true)
                && (ids is null || ids.Contains(user.UserId))
            )
            .ToList();
        var (page, size) = (request.Get(UserAdminRoutes.Page), request.Get(UserAdminRoutes.PageSize));
        return new JsonResponse<UserPageShape>(
            new UserPageShape
            {
                Users = [.. found.Skip((page - 1) * size).Take(size)],
                Total = found.Count,
                Page = page,
                PageSize = size,
                TotalPages = (found.Count + size - 1) / size,
            },
            LiteLlmMemberJson.Default.UserPageShape
        );
    }

    private async Task<ApiResponse> CreateAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var body = await LiteLlmBody.ReadNewAsync(request, LiteLlmMemberJson.Default.NewUserBody, cancellationToken);
        RequireRole(body.UserRole);
        var hasKey = body.AutoCreateKey ?? true;
        if (hasKey)
            request.RequirePermission(Permission.KeysWrite);
        var name = body.UserId ?? body.UserEmail ?? Guid.CreateVersion7(workspace.Now).ToString();
        if (await _users.FindAsync(name, cancellationToken) is not null)
            throw new ProblemException(ProblemCode.Conflict, $"The user '{name}' already exists. Update it instead.");

        // The limits first: they are validated as a whole, and a user without them would be unlimited.
        await _limits.SetAsync(request, new ScopeTerm(LimitDimension.User, name), body, cancellationToken);
        await _users.AddAsync(new User { Name = name, Email = body.UserEmail }, request.Actor, cancellationToken);
        var issued = hasKey
            ? await _keys.IssueAsync(
                new NewVirtualKey { Name = name, User = name },
                new KeyLimits(),
                request.Actor,
                cancellationToken
            )
            : null;
        return await RespondAsync(request, name, issued?.Secret, cancellationToken);
    }

    private async Task<ApiResponse> UpdateAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var body = await LiteLlmBody.ReadChangeAsync(
            request,
            LiteLlmMemberJson.Default.UpdateUserBody,
            cancellationToken
        );
        RequireRole(body.UserRole);
        await RequireKnownAsync(request, body.UserId, cancellationToken);
        await _limits.SetAsync(request, new ScopeTerm(LimitDimension.User, body.UserId), body, cancellationToken);
        if (body.UserEmail is { } email)
            await ChangeEmailAsync(request, body.UserId, email, cancellationToken);
        return await RespondAsync(request, body.UserId, null, cancellationToken);
    }

    private async Task<ApiResponse> DeleteAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var body = await LiteLlmBody.ReadNewAsync(
            request,
            LiteLlmMemberJson.Default.DeleteUsersBody,
            cancellationToken
        );
        foreach (var user in body.UserIds)
            await RequireKnownAsync(request, user, cancellationToken);
        return await _limits.DeleteAsync(request, LimitDimension.User, body.UserIds, _users, cancellationToken);
    }

    /// <summary>A user that only a key or a limit names gets its entry.</summary>
    private async Task ChangeEmailAsync(
        ApiRequest request,
        string name,
        string email,
        CancellationToken cancellationToken
    )
    {
        if (await _users.FindAsync(name, cancellationToken) is null)
            await _users.AddAsync(new User { Name = name, Email = email }, request.Actor, cancellationToken);
        else
            await _users.ChangeAsync(name, user => user with { Email = email }, request.Actor, cancellationToken);
    }

    private async Task<ApiResponse> RespondAsync(
        ApiRequest request,
        string name,
        string? secret,
        CancellationToken cancellationToken
    ) =>
        new JsonResponse<UserShape>(
            await RequireKnownAsync(request, name, cancellationToken) with
            {
                Key = secret,
            },
            LiteLlmMemberJson.Default.UserShape
        );

    private async Task<UserShape> RequireKnownAsync(
        ApiRequest request,
        string name,
        CancellationToken cancellationToken
    ) =>
        await _members.FindUserAsync(request.Principal.Reach, name, cancellationToken)
        ?? throw new ProblemException(ProblemCode.NotFound, $"User not found: '{name}'.");

    private static void RequireRole(string? role)
    {
        if (role is not (null or OnlyRole))
            throw ProblemException.Invalid(
                new ProblemError
                {
                    Pointer = "/user_role",
                    Code = "not_allowed",
                    Message =
                        $"/user_role must be {OnlyRole} or absent, not '{role}': a user here makes calls. Those who "
                        + "administer or view sign in with an account, POST /api/v1/accounts.",
                    Allowed = [OnlyRole],
                }
            );
    }
}
