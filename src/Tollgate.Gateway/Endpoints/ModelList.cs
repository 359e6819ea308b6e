using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Gateway.Access;
using Tollgate.Gateway.Dialects;
using Tollgate.Gateway.Providers;
using Tollgate.Gateway.Recording;
using Tollgate.Gateway.Routing;
using Tollgate.Gateway.Transcripts;

namespace Tollgate.Gateway.Endpoints;

/// <summary>
/// Lists the models that callers can name: those of the model list or, if there is none, those of the configured
/// providers that have a price.
/// </summary>
internal sealed class ModelList(RouteTable routes, CallPricer pricer)
{
    public void Map(IEndpointRouteBuilder app, PageAccess access, CallAudit? audit)
    {
        app.MapGet(
            "/v1/models",
            http => ListAsync(http, access, audit, IsAnthropic(http) ? WireDialect.Anthropic : WireDialect.OpenAI)
        );
        app.MapGet("/models", http => ListAsync(http, access, audit, WireDialect.OpenAI));
        app.MapGet("/v1beta/models", http => ListAsync(http, access, audit, WireDialect.Gemini));
    }

    private static bool IsAnthropic(HttpContext http) => http.Request.Headers.ContainsKey("anthropic-version");

    private async Task ListAsync(HttpContext http, PageAccess access, CallAudit? audit, WireDialect wire)
    {
        var dialect = Dialects.All.First(pair => pair.Wire == wire).Dialect;
        var (key, error) = access.Admit(http, dialect.CredentialOf(http.Request));
        if (error is not null)
        {
            audit?.Refused(error);
            await ErrorResponse.WriteAsync(http, dialect, error, "");
            return;
        }

        var names = NamesFor(wire).Where(name => VirtualKeyAuthenticator.Refuse(key, name) is null).ToList();
        await ErrorResponse.WriteJsonAsync(http, json => dialect.WriteModels(json, names, http.Request));
    }

    private IEnumerable<string> NamesFor(WireDialect wire)
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
