using System.Globalization;
using Tollgate.Accounting.Registry;
using Tollgate.Accounting.Usage;
using Tollgate.Api.Endpoints.Usage;
using Tollgate.Api.Requests;
using Tollgate.Api.Responses;
using Tollgate.Api.Routing;
using Tollgate.Operations.Keys;
using Tollgate.Operations.Usage;
using Tollgate.Operations.Usage.Breakdowns;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Api.Compatibility.LiteLlm.Activity;

/// <summary>Usage by day, on the same sums as all other totals.</summary>
internal sealed class ActivityEndpoints(Workspace workspace)
{
    private readonly KeyOperations _keys = new(workspace);
    private readonly UsageReachResolver _reaches = new(workspace);

    /// <summary>The routes with their implementations.</summary>
    public IReadOnlyList<ApiEndpoint> All =>
        [
            new(ActivityRoutes.User, ListByUserAsync),
            new(ActivityRoutes.Aggregated, AggregateAsync),
            new(ActivityRoutes.Team, ListByTeamAsync),
        ];

    private async Task<ApiResponse> ListByUserAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var keys = await ReadKeysAsync(cancellationToken);
        var rows = await ReadAsync(request, UsageDimension.User, cancellationToken);
        return Respond(keys, rows, request.Get(ActivityRoutes.Page), request.Get(ActivityRoutes.PageSize));
    }

    private async Task<ApiResponse> AggregateAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var keys = await ReadKeysAsync(cancellationToken);
        return Respond(keys, await ReadAsync(request, UsageDimension.User, cancellationToken), 1, int.MaxValue / 2);
    }

    private async Task<ApiResponse> ListByTeamAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var keys = await ReadKeysAsync(cancellationToken);
        var wanted = request.Get(ActivityRoutes.TeamIds)?.Split(',', StringSplitOptions.TrimEntries);
        var rows = (await ReadAsync(request, null, cancellationToken))
            .Select(row => row with { Entity = keys.GetValueOrDefault(row.Key)?.Team ?? "" })
            .Where(row => row.Entity.Length > 0 && (wanted is null || wanted.Contains(row.Entity)))
            .ToList();
        return Respond(keys, rows, request.Get(ActivityRoutes.Page), request.Get(ActivityRoutes.PageSize));
    }

    private async Task<IReadOnlyDictionary<string, KeyDetails>> ReadKeysAsync(CancellationToken cancellationToken) =>
        (await _keys.ListAsync(cancellationToken)).ToDictionary(static key => key.Id, StringComparer.Ordinal);

    private async Task<IReadOnlyList<ActivityRow>> ReadAsync(
        ApiRequest request,
        UsageDimension? entity,
        CancellationToken cancellationToken
    )
    {
        var usage = new UsageOperations(
            workspace,
            await _reaches.ResolveAsync(request.Principal.Reach, cancellationToken)
        );
        var scope = ActivityScope.Read(request, workspace.Now) with
        {
            Filters = await ReadFiltersAsync(request, entity, cancellationToken),
        };
        UsageDimension[] by = [UsageDimension.Model, UsageDimension.Provider, UsageDimension.Key];
        var sums = await usage.BreakDownAsync(
            new BreakdownRequest(scope)
            {
                Bucket = UsageBucket.Day,
                By = entity is { } dimension ? [.. by, dimension] : by,
            },
            cancellationToken
        );
        return [.. sums.Select(sum => CreateRow(sum, scope.Range.Zone))];
    }

    private async Task<IReadOnlyList<UsageFilter>> ReadFiltersAsync(
        ApiRequest request,
        UsageDimension? entity,
        CancellationToken cancellationToken
    )
    {
        var filters = new List<UsageFilter>();
        if (request.Get(ActivityRoutes.Model) is { } model)
            filters.Add(UsageFilter.Equal(UsageDimension.Model, model));
        if (request.Get(ActivityRoutes.ApiKey) is { } key)
            filters.Add(UsageFilter.Equal(UsageDimension.Key, await FindIdAsync(key, cancellationToken)));
        if (entity == UsageDimension.User && request.Get(ActivityRoutes.UserId) is { } user)
            filters.Add(UsageFilter.Equal(UsageDimension.User, user));
        return filters;
    }

    /// <summary>An unknown key has no usage; its own text is not an id of any.</summary>
    private async Task<string> FindIdAsync(string key, CancellationToken cancellationToken) =>
        key.StartsWith(VirtualKeys.KeyPrefix, StringComparison.Ordinal)
            ? (await _keys.FindBySecretAsync(key, cancellationToken))?.Id ?? key
            : key;

    private static ActivityRow CreateRow(UsageSum sum, TimeZoneInfo zone) =>
        new()
        {
            Day = TimeZoneInfo.ConvertTime(sum.Slot!.Value, zone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            Model = sum.Names[0] ?? ActivityShapeBuilder.None,
            Provider = sum.Names[1] ?? ActivityShapeBuilder.None,
            Key = sum.Names[2] ?? ActivityShapeBuilder.None,
            Entity = (sum.Names.Count > 3 ? sum.Names[3] : null) ?? ActivityShapeBuilder.None,
            Totals = sum.Totals,
        };

    private static JsonResponse<ActivityShape> Respond(
        IReadOnlyDictionary<string, KeyDetails> keys,
        IReadOnlyList<ActivityRow> rows,
        int page,
        int pageSize
    ) => new(new ActivityShapeBuilder(keys).Create(rows, page, pageSize), LiteLlmActivityJson.Default.ActivityShape);
}
