using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tollgate.Accounting;
using Tollgate.Accounting.Registry;
using Tollgate.Api.Authentication;
using Tollgate.Api.Authorization;
using Tollgate.Api.Composition;
using Tollgate.Api.Idempotency;
using Tollgate.Api.Routing;
using Tollgate.Identity;
using Tollgate.Operations.Jobs;
using Tollgate.Operations.Status;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Api;

/// <summary>Adds and maps the management API.</summary>
public static class ApiServices
{
    /// <summary>The beginnings of the API's paths.</summary>
    private static readonly string[] Prefixes = ["/api/v1/", "/api/auth/", "/.well-known/"];

    /// <summary>
    /// Adds the services of the API. It needs a <see cref="Workspace"/> on the running ledger, its
    /// <see cref="RegistryWatcher"/>, a <see cref="JobQueue"/>, the <see cref="IdentityOptions"/>, the
    /// <see cref="ProcessSource"/>, and the <see cref="ApiOptions"/>.
    /// </summary>
    public static IServiceCollection AddTollgateApi(this IServiceCollection services) =>
        services
            .AddSingleton<RequestAuthenticator>()
            .AddSingleton<IdempotentRequests>()
            .AddSingleton<EndpointRunner>()
            .AddSingleton<EndpointCollection>()
            .AddSingleton<JobOperations>()
            .AddSingleton(static parts => new IdentityAccess(
                parts.GetRequiredService<Workspace>().Options.Ledger,
                parts.GetRequiredService<RegistryWatcher>(),
                parts.GetRequiredService<IdentityOptions>()
            ));

    /// <summary>Throws if a route below the API's paths was mapped without a row in the table of routes.</summary>
    /// <exception cref="InvalidOperationException">There is such a route; the message names it.</exception>
    public static void RequireApiRows(this IEndpointRouteBuilder routes) =>
        ApiMapping.RequireRows(routes.DataSources.SelectMany(static source => source.Endpoints), Prefixes);

    /// <summary>
    /// Issues a one-time token with which the first account can be created; returns null if there is an account.
    /// </summary>
    /// <param name="services">The services of the API.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="LedgerUnavailableException">The database is away.</exception>
    public static async Task<string?> IssueSetupTokenAsync(
        this IServiceProvider services,
        CancellationToken cancellationToken
    )
    {
        var parts = await services.GetRequiredService<IdentityAccess>().GetAsync(cancellationToken);
        return (await parts.Links.IssueForFirstAdminAsync(cancellationToken))?.Token;
    }

    /// <summary>
    /// Removes sessions that ended long ago, attempts to sign in that no longer count, and the stored responses of
    /// repeated requests that have expired.
    /// </summary>
    /// <param name="services">The services of the API.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="LedgerUnavailableException">The database is away.</exception>
    public static async Task CleanUpTollgateApiAsync(
        this IServiceProvider services,
        CancellationToken cancellationToken
    )
    {
        var parts = await services.GetRequiredService<IdentityAccess>().GetAsync(cancellationToken);
        await parts.Sessions.CleanUpAsync(cancellationToken);
        await services.GetRequiredService<IdempotentRequests>().CleanUpAsync(parts.Registry, cancellationToken);
    }

    /// <summary>
    /// Responds with 405 if the path of a request is one of the API that has other methods; otherwise returns false.
    /// </summary>
    public static Task<bool> TryRefuseMethodAsync(this HttpContext http) => MethodCheck.TryRefuseAsync(http);

    /// <summary>Maps all routes of the API.</summary>
    public static IEndpointRouteBuilder MapTollgateApi(this IEndpointRouteBuilder routes) =>
        routes.Map(static _ => true);

    /// <summary>
    /// Maps only the routes for those who make calls: what their key may spend and has spent, the models that they can
    /// name, health, and metrics. It is for a process that serves the gateway and not the API.
    /// </summary>
    public static IEndpointRouteBuilder MapTollgateCallerApi(this IEndpointRouteBuilder routes) =>
        routes.Map(static route => route.IsForCallers);

    private static IEndpointRouteBuilder Map(this IEndpointRouteBuilder routes, Func<ApiRoute, bool> isServed)
    {
        var runner = routes.ServiceProvider.GetRequiredService<EndpointRunner>();
        foreach (var endpoint in routes.ServiceProvider.GetRequiredService<EndpointCollection>().All)
            if (isServed(endpoint.Route))
                routes.MapApi(endpoint, runner);
        return routes;
    }
}
