using Microsoft.Extensions.Logging;
using Tollgate.Metering.Usage;

namespace Tollgate.Gateway.Telemetry;

/// <summary>The gateway's log messages. Never a prompt, a response or a key.</summary>
internal static partial class GatewayLog
{
    [LoggerMessage(1, LogLevel.Error, "Call {RequestId} denied: the ledger cannot be written. {Reason}")]
    public static partial void LedgerUnavailable(ILogger logger, string requestId, string reason);

    [LoggerMessage(
        2,
        LogLevel.Information,
        "Call {RequestId}/{Attempt} {Provider} {Model} {Outcome} {Status}: {InputTokens} in, {OutputTokens} out, "
            + "{Cost} USD ({UsageSource}), {DurationMs} ms"
    )]
    public static partial void CallEnded(
        ILogger logger,
        Guid requestId,
        int attempt,
        string provider,
        string model,
        CallOutcome outcome,
        int status,
        long inputTokens,
        long outputTokens,
        string cost,
        UsageSource usageSource,
        double durationMs
    );

    [LoggerMessage(
        3,
        LogLevel.Warning,
        "The model {Model} of {Provider} has no known price: its calls are counted, but unpriced. Add a price with "
            + "'tollgate prices import' or in prices.json."
    )]
    public static partial void Unpriced(ILogger logger, string provider, string model);

    [LoggerMessage(5, LogLevel.Error, "Call {RequestId} failed in the gateway")]
    public static partial void CallFailed(ILogger logger, string requestId, Exception exception);

    [LoggerMessage(4, LogLevel.Debug, "Call {RequestId} denied with {Status} {Code}")]
    public static partial void CallRefused(ILogger logger, string requestId, int status, string code);

    [LoggerMessage(7, LogLevel.Warning, "Call {RequestId} is admitted although it may exceed the soft limit '{Limit}'")]
    public static partial void SoftLimitPassed(ILogger logger, Guid requestId, string limit);
}
