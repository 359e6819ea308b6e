using Tollgate.Api.Authorization;
using Tollgate.Api.Endpoints.Paging;
using Tollgate.Api.Parameters;
using Tollgate.Identity.Permissions;
using Tollgate.Operations.Json;

namespace Tollgate.Api.Endpoints.Changes;

/// <summary>The rows of the audit trail.</summary>
internal static class ChangeRoutes
{
    public static readonly TimeParameter From = new("from", "The first time.");
    public static readonly TimeParameter To = new("to", "The end, which is not included.");
    public static readonly TextParameter Action = new("action", "Only this action, such as key.create.");
    public static readonly TextParameter Target = new("target", "Only changes of the entry with this id or name.");
    public static readonly TextParameter Actor = new("actor", "Only changes by this actor, such as account:ann.");
    public static readonly TextParameter Before = new(
        "before",
        "Continues with older changes: the page.next of a page."
    );

    public static readonly ApiRoute List = new("GET", "/api/v1/audit")
    {
        Area = "Audit trail",
        Summary = "Lists who changed what, newest first, with the state before and after.",
        Access = RouteAccess.Everything(Permission.AuditRead),
        Parameters = [MemoryPages.Limit, Before, From, To, Actor, Action, Target],
        Response = OperationsJson.Default.RecordedChange,
        IsList = true,
    };
}
