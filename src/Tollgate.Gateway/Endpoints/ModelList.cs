using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Gateway.Access;
using Tollgate.Gateway.Dialects;
using Tollgate.Gateway.Pipeline;
using Tollgate.Gateway.Providers;
using Tollgate.Gateway.Recording;
using Tollgate.Gateway.Routing;

namespace Tollgate.Gateway.Endpoints;

/// <summary>
/// Lists the models that callers can name: those of the model list or, if there is none, those of the configured
/// providers that have a price.
/// </summary>
internal sealed class ModelList(RouteTable routes, CallPricer pricer, ReadAccess access, RefusalWriter refusals)
{
    /// <summary>The path of clients whose base address has no version.</summary>
    public const string UnprefixedPath = "/models";

    public void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(
            "/v1/models",
            http => ListAsync(http, IsAnthropic(http) ? KnownDialects.Anthropic : KnownDialects.OpenAI)
        );
        app.MapGet(UnprefixedPath, http => ListAsync(http, KnownDialects.OpenAI));
        app.MapGet("/v1beta/models", http => ListAsync(http, KnownDialects.Gemini));
    }

    private static bool IsAnthropic(HttpContext http) => http.Request.Headers.ContainsKey("anthropic-version");

    private async Task ListAsync(HttpContext http, IDialect dialect)
    {
        var (key, error) = access.Authorize(http, dialect.GetCredential(http.Request));
        if (error is not null)
        {
            await refusals.WriteAsync(http, dialect, error);
            return;
        }

        var names = GetNames(dialect.Wire)
            .Where(name => VirtualKeyAuthenticator.AuthorizeModel(key, name) is null)
            .ToList();
        await ResponseWriter.WriteJsonAsync(http, json => dialect.WriteModels(json, names, http.Request));
    }

    private IEnumerable<string> GetNames(WireDialect wire)
    {
        if (routes.Options.Groups.Count > 0)
            return routes.ModelsFor(wire);
        var providers = routes
            .Options.Providers.Where(pair => pair.Value.Dialect == wire)
            .Select(pair => pair.Key)
            .ToHashSet();
        return pricer
            .Prices.Cards.Where(card => providers.Contains(card.Provider))
            .Select(card => card.Model)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);
    }
}
