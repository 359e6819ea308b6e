using Tollgate.Accounting.Usage;
using Tollgate.Api.Authorization;
using Tollgate.Api.Parameters;
using Tollgate.Identity.Permissions;
using Tollgate.Operations.Json;
using Tollgate.Operations.Usage.Figures;
using Tollgate.Operations.Usage.Series;

namespace Tollgate.Api.Endpoints.Usage;

/// <summary>The rows of usage.</summary>
internal static class UsageRoutes
{
    private const string Area = "Usage";

    public static readonly BooleanParameter Percentiles = new(
        "percentiles",
        false,
        "True to compute percentiles of the duration, which reads the records."
    );
    public static readonly ListParameter<UsageMeasure> Measures = new(
        "measures",
        [UsageMeasure.Cost],
        "The measures, separated by commas."
    );
    public static readonly NameParameter<UsageDimension> Group = new("group", "The dimension of the lines.");
    public static readonly NameParameter<UsageDimension> Subgroup = new(
        "subgroup",
        "A second dimension: each line is then one pair of names."
    );
    public static readonly NameParameter<UsageMeasure> RankBy = new(
        "rank_by",
        "The measure by which groups are ranked. Default: the first measure."
    );
    public static readonly OptionalIntegerParameter Top = new(
        "top",
        1,
        1000,
        "The maximum number of lines, up to 25, or 1,000 for the bucket none; other groups are summed up in one more. "
            + "Default: 8."
    );
    public static readonly NameParameter<SeriesBucket> Bucket = new(
        "bucket",
        "The length of the buckets. Default: auto, by the length of the range."
    );
    public static readonly BooleanParameter Cumulative = new(
        "cumulative",
        false,
        "True if each point includes all earlier ones."
    );
    public static readonly NameParameter<UsageSort> Sort = new("sort_by", "The order of calls. Default: start.");
    public static readonly BooleanParameter Ascending = new(
        "ascending",
        false,
        "True for the lowest value or the earliest start first."
    );
    public static readonly IntegerParameter Limit = new("limit", 1, 500, 50, "The maximum number of calls on a page.");
    public static readonly TextParameter After = new("after", "The page.next of the page before.") { Max = 1024 };
    public static readonly TextParameter Before = new("before", "The page.previous of the page after.") { Max = 1024 };
    public static readonly IntegerParameter FacetTop = new("top", 1, 1000, 50, "The maximum number of values.");

    public static readonly ApiRoute Summary = new("GET", "/api/v1/summary")
    {
        Area = Area,
        Summary = "Returns the totals of a range: calls, tokens, cost, errors.",
        Access = RouteAccess.Within(Permission.UsageRead),
        Parameters = [.. ScopeParameters.All, ScopeParameters.Compare, Percentiles],
        Response = OperationsJson.Default.SummaryResult,
    };

    public static readonly ApiRoute Series = new("GET", "/api/v1/series")
    {
        Area = Area,
        Summary = "Returns measures over time and by group; the lines add up to the total.",
        Access = RouteAccess.Within(Permission.UsageRead),
        Parameters =
        [
            .. ScopeParameters.All,
            ScopeParameters.Compare,
            Measures,
            Group,
            Subgroup,
            Top,
            RankBy,
            Bucket,
            Cumulative,
        ],
        Response = OperationsJson.Default.SeriesResult,
        HasExport = true,
    };

    public static readonly ApiRoute Facets = new("GET", "/api/v1/facets/{field}")
    {
        Area = Area,
        Summary = "Returns the values of a dimension, those with the most calls first.",
        Access = RouteAccess.Within(Permission.UsageRead),
        Parameters = [.. ScopeParameters.All, FacetTop],
        Response = OperationsJson.Default.FacetResult,
        HasExport = true,
    };

    public static readonly ApiRoute Calls = new("GET", "/api/v1/calls")
    {
        Area = Area,
        Summary = "Lists calls, attempt by attempt.",
        Access = RouteAccess.Within(Permission.CallsRead),
        Parameters = [.. ScopeParameters.All, Sort, Ascending, Limit, After, Before],
        Response = OperationsJson.Default.CallPage,
        HasExport = true,
    };

    public static readonly ApiRoute Live = new("GET", "/api/v1/calls/live")
    {
        Area = Area,
        Summary = "Sends calls as they are recorded, as server-sent events; continues after Last-Event-ID.",
        Access = RouteAccess.Within(Permission.CallsRead),
        Parameters = [ScopeParameters.Filter],
        ResponseType = "text/event-stream",
    };

    public static readonly ApiRoute Call = new("GET", "/api/v1/calls/{id}")
    {
        Area = Area,
        Summary = "Returns a call with its attempts, corrections, and the price of each kind of token.",
        Access = RouteAccess.Within(Permission.CallsRead),
        Response = OperationsJson.Default.CallDetails,
    };
}
