using Tollgate.Api.Authorization;
using Tollgate.Api.Contracts;
using Tollgate.Api.Endpoints.Paging;
using Tollgate.Api.Endpoints.Usage;
using Tollgate.Api.Parameters;
using Tollgate.Identity.Permissions;
using Tollgate.Operations.Json;

namespace Tollgate.Api.Endpoints.Prices;

/// <summary>The rows of prices.</summary>
internal static class PriceRoutes
{
    private const string Area = "Prices";
    private const int MaxTokens = 1_000_000_000;

    public static readonly TextParameter Provider = new("provider", "Only the prices of this provider.");
    public static readonly TextParameter Model = new("model", "Only this model, by its exact name or an alias.");
    public static readonly TimeParameter At = new("at", "The prices in effect at this instant. Default: now.");
    public static readonly TextParameter Models = new(
        "models",
        "The models to compare, as MODEL or PROVIDER/MODEL, separated by commas. Default: all that have a price."
    )
    {
        Max = 4096,
    };
    public static readonly IntegerParameter InputTokens = new(
        "input_tokens",
        0,
        MaxTokens,
        defaultValue: 1000,
        "The input tokens of the usage, cached ones included."
    );
    public static readonly IntegerParameter CachedTokens = new(
        "cached_tokens",
        0,
        MaxTokens,
        defaultValue: 0,
        "The input tokens that are read from a cache; at most all of them."
    );
    public static readonly IntegerParameter OutputTokens = new(
        "output_tokens",
        0,
        MaxTokens,
        defaultValue: 1000,
        "The output tokens of the usage."
    );
    public static readonly TextParameter Range = new(
        "range",
        "A range that moves with the clock, such as 7d or this_month. Default: 30d."
    );

    public static readonly ApiRoute List = new("GET", "/api/v1/prices")
    {
        Area = Area,
        Summary = "Lists the prices in effect, by provider and model.",
        Access = RouteAccess.Within(Permission.PricesRead),
        Parameters = [.. MemoryPages.Parameters, Provider, Model, At],
        Response = OperationsJson.Default.PriceDetails,
        IsList = true,
    };

    public static readonly ApiRoute Unpriced = new("GET", "/api/v1/prices/unpriced")
    {
        Area = Area,
        Summary = "Lists the models with recorded calls that have no price, those with the most calls first.",
        Access = RouteAccess.Within(Permission.PricesRead),
        Parameters = [Range, ScopeParameters.From, ScopeParameters.To, ScopeParameters.Zone],
        Response = OperationsJson.Default.UnpricedModel,
        IsList = true,
    };

    public static readonly ApiRoute Compare = new("GET", "/api/v1/prices/compare")
    {
        Area = Area,
        Summary = "Returns the cost of the same usage at several models, the lowest first.",
        Access = RouteAccess.Within(Permission.PricesRead),
        Parameters = [Models, InputTokens, CachedTokens, OutputTokens, At],
        Response = OperationsJson.Default.PriceQuote,
        IsList = true,
    };

    public static readonly ApiRoute Versions = new("GET", "/api/v1/prices/{name}/versions")
    {
        Area = Area,
        Summary = "Lists all versions of the price of a model; a slash in its name is sent as %2F.",
        Access = RouteAccess.Within(Permission.PricesRead),
        Response = OperationsJson.Default.PriceDetails,
        IsList = true,
    };

    public static readonly ApiRoute Preview = new("POST", "/api/v1/prices/preview")
    {
        Area = Area,
        Summary = "Computes what repricing recorded calls at the current prices would change; records nothing.",
        Access = RouteAccess.Everything(Permission.PricesWrite),
        Body = ContractJson.Default.PreviewBody,
        Response = OperationsJson.Default.RerateDetails,
        Example = """{"from": "2026-11-01T00:00:00Z", "model": "gpt-4o"}""",
    };

    /// <summary>All rows.</summary>
    public static IReadOnlyList<ApiRoute> All => [List, Unpriced, Compare, Versions, Preview];
}
