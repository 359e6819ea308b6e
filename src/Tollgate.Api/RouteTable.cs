using Tollgate.Api.Authorization;
using Tollgate.Api.Compatibility.LiteLlm;
using Tollgate.Api.Compatibility.LlmMonitoring;
using Tollgate.Api.Compatibility.OpenAIUsage;
using Tollgate.Api.Compatibility.TokenAnalytics;
using Tollgate.Api.Compatibility.TokenTracker;
using Tollgate.Api.Endpoints.Accounts;
using Tollgate.Api.Endpoints.Alerts;
using Tollgate.Api.Endpoints.Changes;
using Tollgate.Api.Endpoints.Documentation;
using Tollgate.Api.Endpoints.Exports;
using Tollgate.Api.Endpoints.Jobs;
using Tollgate.Api.Endpoints.Keys;
using Tollgate.Api.Endpoints.Limits;
using Tollgate.Api.Endpoints.Members;
using Tollgate.Api.Endpoints.OpenId;
using Tollgate.Api.Endpoints.Pages;
using Tollgate.Api.Endpoints.Prices;
using Tollgate.Api.Endpoints.Providers;
using Tollgate.Api.Endpoints.Queries;
using Tollgate.Api.Endpoints.Refusals;
using Tollgate.Api.Endpoints.ServiceTokens;
using Tollgate.Api.Endpoints.Sessions;
using Tollgate.Api.Endpoints.Status;
using Tollgate.Api.Endpoints.Usage;

namespace Tollgate.Api;

/// <summary>
/// The table of all routes with their rights. It maps, enforces, documents, and tests them: a route that is not in it
/// does not exist.
/// </summary>
internal static class RouteTable
{
    /// <summary>All rows.</summary>
    public static IReadOnlyList<ApiRoute> All =>
        [
            SessionRoutes.LogIn,
            SessionRoutes.Refresh,
            SessionRoutes.LogOut,
            SessionRoutes.Keys,
            SessionRoutes.SignIn,
            SessionRoutes.SignOut,
            SessionRoutes.Caller,
            SessionRoutes.ChangePassword,
            SessionRoutes.List,
            SessionRoutes.End,
            OpenIdRoutes.Start,
            OpenIdRoutes.Return,
            AccountRoutes.List,
            AccountRoutes.Get,
            AccountRoutes.Create,
            AccountRoutes.Change,
            AccountRoutes.Delete,
            AccountRoutes.CreateLink,
            AccountRoutes.EndSessions,
            AccountRoutes.UseLink,
            ServiceTokenRoutes.List,
            ServiceTokenRoutes.Create,
            ServiceTokenRoutes.Revoke,
            TokenTrackerRoutes.Health,
            TokenTrackerRoutes.Usage,
            TokenTrackerRoutes.Summary,
            TokenTrackerRoutes.RateLimits,
            TokenTrackerRoutes.SetRateLimit,
            TokenTrackerRoutes.Budgets,
            TokenTrackerRoutes.SetBudget,
            KeyRoutes.List,
            KeyRoutes.Get,
            KeyRoutes.Create,
            KeyRoutes.SetLimits,
            KeyRoutes.Rotate,
            KeyRoutes.Revoke,
            .. RowsFor(MemberRoutes.Users),
            .. RowsFor(MemberRoutes.Teams),
            .. RowsFor(MemberRoutes.Projects),
            .. RowsFor(MemberRoutes.Applications),
            LimitRoutes.List,
            LimitRoutes.States,
            LimitRoutes.Get,
            LimitRoutes.Set,
            LimitRoutes.Preview,
            LimitRoutes.Increase,
            LimitRoutes.Reset,
            LimitRoutes.Delete,
            ChangeRoutes.List,
            AlertRoutes.List,
            AlertRoutes.Retry,
            UsageRoutes.Summary,
            UsageRoutes.Series,
            UsageRoutes.Facets,
            UsageRoutes.Calls,
            UsageRoutes.Live,
            UsageRoutes.Call,
            RefusalRoutes.List,
            RefusalRoutes.Transcript,
            QueryRoutes.Run,
            .. ProviderRoutes.All,
            .. PriceRoutes.All,
            .. StatusRoutes.All,
            .. LlmMonitoringRoutes.All,
            .. ExportRoutes.All,
            .. TokenAnalyticsRoutes.All,
            .. JobRoutes.All,
            DocumentationRoutes.OpenApi,
            PageRoutes.Metrics,
            PageRoutes.Call,
            .. LiteLlmRoutes.All,
            .. OpenAIUsageRoutes.All,
        ];

    private static IEnumerable<ApiRoute> RowsFor(MemberRoutes rows) =>
        [rows.List, rows.Get, rows.Add, rows.Change, rows.Delete];
}
