using Tollgate.Accounting.Ledger;
using Tollgate.Gateway.Access;
using Tollgate.Metering.Usage;
using Tollgate.Operations.Text;

namespace Tollgate.Api;

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
                    : Results.Json(ToJson(call, attempts));
            }
        );

    private static object ToJson(Guid call, List<UsageRecord> attempts) =>
        new
        {
            request_id = call,
            cost_usd = attempts.TrueForAll(attempt => attempt.Cost is not null)
                ? attempts.Sum(attempt => attempt.Cost!.Value.Usd)
                : (decimal?)null,
            attempts = attempts.Select(ToJson),
        };

    private static object ToJson(UsageRecord attempt) =>
        new
        {
            attempt = attempt.Id.Attempt,
            started_at = attempt.StartedAt,
            provider = attempt.Provider,
            model = attempt.Model,
            model_group = attempt.ModelGroup,
            response_model = attempt.ResponseModel,
            deployment = attempt.Deployment,
            operation = attempt.Operation,
            streamed = attempt.Streamed,
            outcome = SnakeCase.From(attempt.Outcome),
            status = attempt.StatusCode,
            error_type = attempt.ErrorType,
            usage_source = SnakeCase.From(attempt.UsageSource),
            input_tokens = attempt.Usage.InputTokens,
            cached_tokens = attempt.Usage.CachedTokens,
            output_tokens = attempt.Usage.OutputTokens,
            reasoning_tokens = attempt.Usage[UsageKind.OutputReasoning],
            service_tier = SnakeCase.From(attempt.ServiceTier),
            cost_usd = attempt.Cost?.Usd,
            cost_source = attempt.CostSource,
            duration_ms = attempt.Duration.TotalMilliseconds,
            time_to_first_token_ms = attempt.TimeToFirstToken?.TotalMilliseconds,
        };
}
