using Tollgate.Accounting.Registry;
using Tollgate.Api.Compatibility.LiteLlm.Bodies;
using Tollgate.Api.Compatibility.LiteLlm.Budgets;
using Tollgate.Api.Contracts.Keys;
using Tollgate.Api.Endpoints.Keys;
using Tollgate.Api.Problems;
using Tollgate.Api.Requests;
using Tollgate.Api.Responses;
using Tollgate.Api.Routing;
using Tollgate.Identity.Permissions;
using Tollgate.Metering.Limits;
using Tollgate.Operations.Keys;
using Tollgate.Operations.Limits;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Api.Compatibility.LiteLlm.Keys;

/// <summary>Creates, changes, and revokes keys.</summary>
internal sealed class KeyAdminEndpoints(Workspace workspace)
{
    private readonly KeyOperations _keys = new(workspace);
    private readonly LimitOperations _limits = new(workspace);
    private readonly KeyLookup _lookup = new(workspace);
    private readonly KeyOwners _owners = new(workspace);
    private readonly KeyShapeBuilder _shapes = new(workspace);

    /// <summary>The routes with their implementations.</summary>
    public IReadOnlyList<ApiEndpoint> All =>
        [
            new(KeyAdminRoutes.Generate, GenerateAsync),
            new(KeyAdminRoutes.GenerateForService, GenerateForServiceAsync),
            new(KeyAdminRoutes.Update, UpdateAsync),
            new(KeyAdminRoutes.Regenerate, RegenerateAsync),
            new(KeyAdminRoutes.Delete, DeleteAsync),
        ];

    private async Task<ApiResponse> GenerateAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var body = await LiteLlmBody.ReadNewAsync(request, LiteLlmKeyJson.Default.GenerateKeyBody, cancellationToken);
        return await IssueAsync(request, body, cancellationToken);
    }

    private async Task<ApiResponse> GenerateForServiceAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var body = await LiteLlmBody.ReadNewAsync(request, LiteLlmKeyJson.Default.GenerateKeyBody, cancellationToken);
        if (body.TeamId is null)
            throw CreateException("/team_id", "missing", "/team_id is missing. A service account belongs to a team.");
        if (body.UserId is not null)
            throw CreateException("/user_id", "not_allowed", "/user_id must be absent: a service account has no user.");
        return await IssueAsync(request, body, cancellationToken);
    }

    private async Task<ApiResponse> IssueAsync(
        ApiRequest request,
        GenerateKeyBody body,
        CancellationToken cancellationToken
    )
    {
        await _owners.RequireAsync(
            request.Principal,
            new KeyOwner(body.UserId, body.TeamId, body.OrganizationId),
            cancellationToken
        );
        var now = workspace.Now;
        var issued = await _keys.IssueAsync(
            new NewVirtualKey
            {
                Name = body.KeyAlias ?? body.UserId ?? body.TeamId ?? "unnamed",
                User = body.UserId,
                Project = body.ProjectId,
                Team = body.TeamId,
                Organization = body.OrganizationId,
                Metadata = body.Metadata is { Count: > 0 } notes ? notes : null,
                AllowedModels = AllowedModels.Read(body.Models),
                ExpiresAt = body.Duration is { } duration ? DurationText.AddTo(now, "/duration", duration) : null,
            },
            KeyLimitReader.Read(body),
            request.Actor,
            cancellationToken
        );
        return await RespondAsync(issued.Key, issued.Secret, cancellationToken);
    }

    private async Task<ApiResponse> UpdateAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var body = await LiteLlmBody.ReadChangeAsync(request, LiteLlmKeyJson.Default.UpdateKeyBody, cancellationToken);
        var key = await _lookup.FindAsync(request, body.Key, cancellationToken);
        if ((body.UserId ?? body.TeamId ?? body.OrganizationId) is not null)
            await _owners.RequireAsync(
                request.Principal,
                new KeyOwner(body.UserId ?? key.User, body.TeamId ?? key.Team, body.OrganizationId ?? key.Organization),
                cancellationToken
            );

        // 1. The limits first: they are validated as a whole.
        var budgets = await ScopeBudgets.ReadAsync(_limits, cancellationToken);
        var limits = KeyLimitReader.Read(BudgetChange.Complete(body, budgets.Find(LimitDimension.Key, key.Id)));
        if (!limits.IsEmpty || limits.BudgetDuration is not null)
        {
            request.RequirePermission(Permission.LimitsWrite);
            await _keys.SetLimitsAsync(key.Id, limits, request.Actor, cancellationToken);
        }

        // 2. The properties.
        if (HasProperties(body))
            key = await _keys.ChangeAsync(
                key.Id,
                before => Change(before, body, workspace.Now),
                request.Actor,
                cancellationToken
            );
        return await RespondAsync(key, key.Id, cancellationToken);
    }

    private async Task<ApiResponse> RegenerateAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var key = await _lookup.FindAsync(request, request.GetPathValue("id"), cancellationToken);
        // Clients send no body, or one with options.
        var body = request.Http.Request.ContentLength is null or 0
            ? new RegenerateKeyBody()
            : await LiteLlmBody.ReadNewAsync(request, LiteLlmKeyJson.Default.RegenerateKeyBody, cancellationToken);
        var now = workspace.Now;
        var grace = body.GracePeriod is { } text ? DurationText.AddTo(now, "/grace_period", text) - now : TimeSpan.Zero;
        if (key.Status != VirtualKeyStatus.Active)
            throw new ProblemException(ProblemCode.Conflict, "The key has expired. Generate a new one.");
        var issued = await _keys.RotateAsync(key.Id, grace, request.Actor, cancellationToken);
        return await RespondAsync(issued.Key, issued.Secret, cancellationToken);
    }

    private async Task<ApiResponse> DeleteAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var body = await LiteLlmBody.ReadNewAsync(request, LiteLlmKeyJson.Default.DeleteKeysBody, cancellationToken);
        // All are found before any is revoked.
        var found = new List<KeyDetails>();
        foreach (var named in body.Keys ?? [])
            found.Add(await _lookup.FindAsync(request, named, cancellationToken));
        foreach (var name in body.KeyAliases ?? [])
            found.Add(await _lookup.FindByNameAsync(request, name, cancellationToken));
        if (found.Count == 0)
            throw CreateException("/keys", "missing", "/keys is missing. Name at least one key, or use /key_aliases.");
        foreach (var key in found)
            await _keys.RevokeAsync(key.Id, request.Actor, cancellationToken);
        return new JsonResponse<DeletedKeysShape>(
            new DeletedKeysShape([.. found.Select(static key => key.Id)]),
            LiteLlmKeyJson.Default.DeletedKeysShape
        );
    }

    private async Task<ApiResponse> RespondAsync(KeyDetails key, string shown, CancellationToken cancellationToken) =>
        new JsonResponse<KeyShape>(
            await _shapes.CreateAsync(key, cancellationToken) with
            {
                Key = shown,
                TokenId = key.Id,
            },
            LiteLlmKeyJson.Default.KeyShape
        );

    private static bool HasProperties(UpdateKeyBody body) =>
        body.KeyAlias is not null
        || body.Duration is not null
        || body.UserId is not null
        || body.TeamId is not null
        || body.OrganizationId is not null
        || body.ProjectId is not null
        || body.Models is not null
        || body.Metadata is not null;

    private static NewVirtualKey Change(KeyDetails before, UpdateKeyBody body, DateTimeOffset now) =>
        new()
        {
            Name = body.KeyAlias ?? before.Name,
            User = body.UserId ?? before.User,
            Project = body.ProjectId ?? before.Project,
            Team = body.TeamId ?? before.Team,
            Organization = body.OrganizationId ?? before.Organization,
            Metadata = body.Metadata ?? before.Metadata,
            AllowedModels = body.Models is { } models ? AllowedModels.Read(models) : before.Models,
            ExpiresAt = body.Duration is { } text ? DurationText.AddTo(now, "/duration", text) : before.ExpiresAt,
        };

    private static ProblemException CreateException(string pointer, string code, string message) =>
        ProblemException.Invalid(
            new ProblemError
            {
                Pointer = pointer,
                Code = code,
                Message = message,
            }
        );
}
