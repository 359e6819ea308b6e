using Tollgate.Accounting.Ledger;
using Tollgate.Gateway.Access;
using Tollgate.Metering.Usage;

namespace Tollgate.Hosting.Endpoints;

/// <summary>
/// <c>GET /api/calls/{request-id}</c>: what one call consumed and cost, attempt by attempt. A streamed response's cost
/// is
/// known only after its headers are sent, so clients get it here.
/// </summary>
internal static class CallEndpoints
{
    public static void Map(WebApplication app, UsageLedger ledger, ReadAccess access) =>
        app.MapGet(
            "/api/calls/{call:guid}",
            async (Guid call, HttpContext http) =>
            {
                var (key, refusal) = access.Authorize(http);
                if (refusal is not null)
                    return refusal;

                // A key sees only its own calls; for others the response is 404.
                var attempts = (await ledger.Query.FindAsync(call))
                    .Where(record => key is null || record.Attribution.KeyId == key.Id)
                    .ToList();
                return attempts.Count == 0
                    ? Results.Problem(
                        statusCode: StatusCodes.Status404NotFound,
                        detail: $"There is no recorded call {call}. A call in flight is recorded when it ends."
                    )
                    : Results.Json(CreateReport(call, attempts), EndpointJson.Default.CallReport);
            }
        );

    private static CallReport CreateReport(Guid call, List<UsageRecord> attempts) =>
        new(
            call,
            attempts.TrueForAll(attempt => attempt.Cost is not null)
                ? attempts.Sum(attempt => attempt.Cost!.Value.Usd)
                : null,
            [.. attempts.Select(AttemptReport.Create)]
        );
}
