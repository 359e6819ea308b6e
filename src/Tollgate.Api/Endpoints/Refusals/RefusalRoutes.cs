using Tollgate.Api.Authorization;
using Tollgate.Api.Endpoints.Paging;
using Tollgate.Api.Parameters;
using Tollgate.Identity.Permissions;
using Tollgate.Operations.Json;

namespace Tollgate.Api.Endpoints.Refusals;

/// <summary>The rows of refused calls and of the texts of calls.</summary>
internal static class RefusalRoutes
{
    private const string Area = "Ledger";

    public static readonly TimeParameter From = new("from", "The first time.");
    public static readonly TimeParameter To = new("to", "The end, which is not included.");
    public static readonly TextParameter User = new("user", "Only calls of this user.");
    public static readonly TextParameter Key = new("key", "Only calls with the key of this id.");
    public static readonly TextParameter Before = new("before", "Continues with older ones: the page.next of a page.");

    public static readonly ApiRoute List = new("GET", "/api/v1/refusals")
    {
        Area = Area,
        Summary = "Lists the calls that the gateway refused, newest first, with the reason and the limit.",
        Access = RouteAccess.Within(Permission.CallsRead),
        Parameters = [MemoryPages.Limit, Before, From, To, User, Key],
        Response = OperationsJson.Default.DenialEntry,
        IsList = true,
    };

    public static readonly ApiRoute Transcript = new("GET", "/api/v1/calls/{id}/transcript")
    {
        Area = Area,
        Summary = "Lists the texts of a call, if the gateway keeps texts.",
        Access = RouteAccess.Everything(Permission.PromptsRead),
        Response = OperationsJson.Default.TranscriptEntry,
        IsList = true,
    };
}
