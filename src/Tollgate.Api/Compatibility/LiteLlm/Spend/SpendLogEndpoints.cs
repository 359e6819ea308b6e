using Microsoft.AspNetCore.Http.Extensions;
using Tollgate.Api.Endpoints.Usage;
using Tollgate.Api.Problems;
using Tollgate.Api.Requests;
using Tollgate.Api.Responses;
using Tollgate.Api.Routing;
using Tollgate.Operations.Keys;
using Tollgate.Operations.Usage;
using Tollgate.Operations.Usage.Calls;
using Tollgate.Operations.Usage.Scopes;
using Tollgate.Operations.Usage.Summaries;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Api.Compatibility.LiteLlm.Spend;

/// <summary>Logs of spend: single calls within the sender's reach.</summary>
internal sealed class SpendLogEndpoints(Workspace workspace)
{
    /// <summary>A deeper page would read all pages before it.</summary>
    private const int MaxDepth = 10_000;

    /// <summary>How many times 500 calls the unpaged list has.</summary>
    private const int UnpagedReads = 2;

    private readonly KeyOperations _keys = new(workspace);
    private readonly SpendFilters _filters = new(workspace);
    private readonly UsageReachResolver _reaches = new(workspace);

    /// <summary>The routes with their implementations.</summary>
    public IReadOnlyList<ApiEndpoint> All =>
        [new(SpendRoutes.Logs, ListAsync), new(SpendRoutes.LogPages, ListPageAsync)];

    private async Task<ApiResponse> ListAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var usage = await OpenAsync(request, cancellationToken);
        var scope = await ReadScopeAsync(request, cancellationToken);
        var calls = new List<CallEntry>();
        var after = request.Get(SpendRoutes.After);
        for (var read = 0; read < UnpagedReads; read++)
        {
            var part = await usage.ListCallsAsync(
                new CallListRequest(scope) { Limit = 500, After = after },
                cancellationToken
            );
            calls.AddRange(part.Data);
            after = part.Page.Next;
            if (after is null)
                break;
        }

        if (after is not null)
            request.Http.Response.Headers.Link = $"<{FormatNext(request, after)}>; rel=\"next\"";
        return new JsonResponse<IReadOnlyList<SpendLogShape>>(
            await CreateAllAsync(calls, cancellationToken),
            LiteLlmSpendJson.Default.IReadOnlyListSpendLogShape
        );
    }

    private async Task<ApiResponse> ListPageAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var (page, size) = (request.Get(SpendRoutes.Page), request.Get(SpendRoutes.PageSize));
        if (page * size > MaxDepth)
            throw ProblemException.Invalid(
                new ProblemError
                {
                    Parameter = SpendRoutes.Page.Name,
                    Code = "invalid_value",
                    Message = $"page must end within the first {MaxDepth} calls. Choose a shorter range, or filter it.",
                }
            );
        var usage = await OpenAsync(request, cancellationToken);
        var scope = await ReadScopeAsync(request, cancellationToken);
        var totals = await usage.SummarizeAsync(new SummaryRequest(scope), cancellationToken);
        var (calls, hasMore) = await ReadPageAsync(usage, scope, request, cancellationToken);
        var total = totals.Totals.Calls;
        return new JsonResponse<SpendPageShape>(
            new SpendPageShape
            {
                Data = await CreateAllAsync(calls, cancellationToken),
                Total = total,
                Page = page,
                PageSize = size,
                TotalPages = Math.Max((total + size - 1) / size, hasMore ? page + 1 : 0),
            },
            LiteLlmSpendJson.Default.SpendPageShape
        );
    }

    private static async Task<(IReadOnlyList<CallEntry> Calls, bool HasMore)> ReadPageAsync(
        UsageOperations usage,
        UsageScope scope,
        ApiRequest request,
        CancellationToken cancellationToken
    )
    {
        string? after = null;
        for (var page = 1; ; page++)
        {
            var part = await usage.ListCallsAsync(
                new CallListRequest(scope)
                {
                    Limit = request.Get(SpendRoutes.PageSize),
                    Sort = request.Get(SpendRoutes.SortBy),
                    IsAscending = request.Get(SpendRoutes.SortOrder),
                    After = after,
                },
                cancellationToken
            );
            after = part.Page.Next;
            if (page == request.Get(SpendRoutes.Page))
                return (part.Data, after is not null);
            if (after is null)
                return ([], false);
        }
    }

    private async Task<UsageOperations> OpenAsync(ApiRequest request, CancellationToken cancellationToken) =>
        new(workspace, await _reaches.ResolveAsync(request.Principal.Reach, cancellationToken));

    private async Task<UsageScope> ReadScopeAsync(ApiRequest request, CancellationToken cancellationToken) =>
        SpendScope.Read(request, workspace.Now) with
        {
            Filters = await _filters.ReadAsync(request, cancellationToken),
        };

    private async Task<IReadOnlyList<SpendLogShape>> CreateAllAsync(
        IReadOnlyList<CallEntry> calls,
        CancellationToken cancellationToken
    )
    {
        var teams = (await _keys.ListAsync(cancellationToken)).ToDictionary(
            static key => key.Id,
            static key => key.Team,
            StringComparer.Ordinal
        );
        return
        [
            .. calls.Select(call =>
                Create(call, call.Attribution.KeyId is { } key ? teams.GetValueOrDefault(key) : null)
            ),
        ];
    }

    private static SpendLogShape Create(CallEntry call, string? team) =>
        new()
        {
            RequestId = call.CallId,
            CallType = call.Operation,
            ApiKey = call.Attribution.KeyId,
            Spend = call.Cost?.Usd,
            TotalTokens = call.Tokens.TotalTokens,
            PromptTokens = call.Tokens.InputTokens,
            CompletionTokens = call.Tokens.OutputTokens,
            StartTime = call.StartedAt,
            EndTime = call.StartedAt + TimeSpan.FromSeconds((double)call.DurationS),
            Model = call.Model,
            ModelGroup = call.ModelGroup,
            CustomLlmProvider = call.Provider,
            User = call.Attribution.User,
            EndUser = call.Attribution.EndUser,
            TeamId = team,
            Status = call.IsError ? "failure" : "success",
            RequestTags = call.Attribution.Tags?.Split(',', StringSplitOptions.TrimEntries) ?? [],
            SessionId = call.Attribution.Session,
        };

    private static string FormatNext(ApiRequest request, string cursor)
    {
        var query = request
            .Http.Request.Query.Where(static pair => pair.Key != SpendRoutes.After.Name)
            .Append(new(SpendRoutes.After.Name, cursor));
        return request.Http.Request.PathBase + request.Http.Request.Path + new QueryBuilder(query).ToQueryString();
    }
}
