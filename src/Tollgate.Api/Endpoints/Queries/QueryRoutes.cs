using Tollgate.Api.Authorization;
using Tollgate.Api.Contracts;
using Tollgate.Identity.Permissions;

namespace Tollgate.Api.Endpoints.Queries;

/// <summary>The row of SQL queries.</summary>
internal static class QueryRoutes
{
    public static readonly ApiRoute Run = new("POST", "/api/v1/query")
    {
        Area = "Ledger",
        Summary = "Runs a read-only SQL statement over the ledger; the database itself rejects writes.",
        Access = RouteAccess.Everything(Permission.SqlRead),
        HasExport = true,
        Body = ContractJson.Default.QueryBody,
        Example = """{"sql": "SELECT model, COUNT(*) AS count FROM accounting_entries GROUP BY model"}""",
    };
}
