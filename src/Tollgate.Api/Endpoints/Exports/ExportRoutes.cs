using Tollgate.Accounting.Usage;
using Tollgate.Api.Authorization;
using Tollgate.Api.Endpoints.Usage;
using Tollgate.Api.Parameters;
using Tollgate.Identity.Permissions;

namespace Tollgate.Api.Endpoints.Exports;

/// <summary>The rows of files that are sent while they are written.</summary>
internal static class ExportRoutes
{
    private const string Area = "Exports";

    public static readonly ChoiceParameter<UsageBucket> Bucket = new(
        "bucket",
        UsageBucket.Day,
        "The period of a row of a FOCUS file.",
        ("day", UsageBucket.Day),
        ("hour", UsageBucket.Hour)
    );

    public static readonly ApiRoute Export = new("GET", "/api/v1/exports/{format}")
    {
        Area = Area,
        Summary =
            "Returns records (csv, jsonl) or costs in the columns of FOCUS (focus, focus-jsonl) as a file, oldest "
            + "first. FOCUS files have no filters.",
        Access = RouteAccess.Within(Permission.CallsRead),
        Parameters = [.. ScopeParameters.All, Bucket],
        ResponseType = "text/csv",
    };

    public static readonly ApiRoute Report = new("GET", "/api/v1/reports/usage.pdf")
    {
        Area = Area,
        Summary = "Returns the usage of a range as a PDF report: totals, a chart, and the costs by model and others.",
        Access = RouteAccess.Within(Permission.UsageRead),
        Parameters = [ScopeParameters.Range, ScopeParameters.From, ScopeParameters.To, ScopeParameters.Zone],
        ResponseType = "application/pdf",
    };

    /// <summary>All rows.</summary>
    public static IReadOnlyList<ApiRoute> All => [Export, Report];
}
