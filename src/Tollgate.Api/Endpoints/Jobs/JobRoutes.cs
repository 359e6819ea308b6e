using Microsoft.AspNetCore.Http;
using Tollgate.Api.Authorization;
using Tollgate.Api.Contracts;
using Tollgate.Api.Parameters;
using Tollgate.Identity.Permissions;
using Tollgate.Operations.Jobs;

namespace Tollgate.Api.Endpoints.Jobs;

/// <summary>The rows of jobs that exist.</summary>
internal static class JobRoutes
{
    /// <summary>The path of all jobs.</summary>
    public const string Path = "/api/v1/jobs";

    /// <summary>The area of all routes of jobs.</summary>
    public const string Area = "Jobs";

    private const string One = Path + "/{id}";

    public static readonly IntegerParameter Limit = new("limit", 1, 200, 50, "The maximum number of jobs on a page.");
    public static readonly TextParameter After = new("after", "Continues with older jobs: the page.next of a page.");
    public static readonly TextParameter Kind = new("kind", "Only jobs of this kind, such as export.");
    public static readonly NameParameter<JobStatus> Status = new("status", "Only jobs with this status.");

    public static readonly ApiRoute List = new("GET", Path)
    {
        Area = Area,
        Summary = "Lists the sender's jobs, newest first; everyone's for those who see everything.",
        Access = RouteAccess.Within(Permission.JobsRead),
        Parameters = [Limit, After, Kind, Status],
        Response = ContractJson.Default.JobResponse,
        IsList = true,
    };

    public static readonly ApiRoute Get = new("GET", One)
    {
        Area = Area,
        Summary = "Returns a job: its status, its progress, and where its result is.",
        Access = RouteAccess.Within(Permission.JobsRead),
        Response = ContractJson.Default.JobResponse,
    };

    public static readonly ApiRoute GetResult = new("GET", One + "/result")
    {
        Area = Area,
        Summary = "Returns the result of a job that succeeded, as a file.",
        Access = RouteAccess.Within(Permission.JobsRead),
        ResponseType = "application/octet-stream",
    };

    public static readonly ApiRoute Watch = new("GET", One + "/events")
    {
        Area = Area,
        Summary = "Streams the changes of a job as server-sent events, until it has ended.",
        Access = RouteAccess.Within(Permission.JobsRead),
        ResponseType = "text/event-stream",
    };

    public static readonly ApiRoute Cancel = new("DELETE", One)
    {
        Area = Area,
        Summary = "Cancels a job that waits or runs.",
        Access = RouteAccess.Within(Permission.JobsWrite),
        Audit = "job.cancel",
        Success = StatusCodes.Status202Accepted,
        Response = ContractJson.Default.JobResponse,
    };

    /// <summary>All rows.</summary>
    public static IReadOnlyList<ApiRoute> All => [List, Get, GetResult, Watch, Cancel, .. JobStartRoutes.All];
}
