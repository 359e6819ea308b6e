using Tollgate.Gateway.Calls;
using Tollgate.Metering.Pricing;
using Tollgate.Metering.Tokens;
using Tollgate.Metering.Usage;
using Tollgate.Metering.Wire;

namespace Tollgate.Gateway.Recording;

/// <summary>
/// Determines a call's usage if the provider does not report it: a stream's text as it was counted, everything else by
/// <see cref="TokenEstimate"/>. Every number produced here is marked as estimated: only the provider can determine how
/// far it had come.
/// </summary>
internal static class UsageEstimator
{
    /// <summary>The bound on output if neither the caller nor the price book states one.</summary>
    public const int DefaultMaxOutputTokens = 8192;

    /// <summary>The maximum usage of the call, as far as known before it is sent.</summary>
    public static TokenUsage UpperBound(GatewayCall call, long? modelMaxOutput)
    {
        if (call.Operation.IsFree)
            return default;
        var output = call.Operation.GeneratesOutput
            ? (Int128)(call.Fields.MaxOutputTokens ?? modelMaxOutput ?? DefaultMaxOutputTokens) * call.Fields.Choices
            : 0;
        return new TokenUsage
        {
            [UsageKind.InputText] = TokenEstimate.FromByteCount(call.Body.Length),
            [UsageKind.OutputText] = (long)Int128.Min(output, TokenUsage.MaxCount),
            [UsageKind.Request] = 1,
        };
    }

    /// <summary>
    /// The maximum that the call can be billed for, which limits reserve; the input in <see cref="UpperBound"/>, in
    /// contrast, is an estimate.
    /// </summary>
    public static (TokenUsage Usage, InputKinds Kinds) BillableUpperBound(GatewayCall call, RateCard? card)
    {
        var bound = UpperBound(call, card?.MaxOutputTokens);
        var input = InputUpperBound.FromBody(call.Body.Bytes, card?.MaxInputTokens);
        bound[UsageKind.InputText] = input.Tokens;
        bound[UsageKind.ToolUse] = input.ToolUses;
        return (bound, input.Kinds);
    }

    /// <summary>Determines the usage of an attempt and where the counts come from.</summary>
    public static (TokenUsage Usage, UsageSource Source) DetermineUsage(
        GatewayCall call,
        Attempt attempt,
        ResponseOutcome end,
        in MeterReading reading
    )
    {
        if (reading.HasUsage && reading.IsComplete)
            return (reading.Usage, UsageSource.Reported);
        if (call.Operation.IsFree)
            return (default, UsageSource.Missing);

        // Refused by the provider, or never sent: nothing was consumed.
        if (attempt is { Response: not null, HasUsableResponse: false } || end.Outcome == CallOutcome.ConnectFailed)
            return (default, UsageSource.Missing);
        if (end.IsComplete && reading is { ErrorType: not null, OutputBytes: 0, HasUsage: false })
            return (default, UsageSource.Missing);

        // A plain response that did not arrive was still generated in full. So, perhaps, was one whose head never came,
        // and what a provider did while it was silent (it may have been thinking) is unknown.
        var usage = EstimateReceived(call, attempt, reading);
        var stopped =
            attempt.Response is not null
            && call.IsStreaming
            && end.Outcome is (CallOutcome.UpstreamCut or CallOutcome.ClientDisconnected);
        if (!end.IsComplete && !stopped)
            usage[UsageKind.OutputText] += Math.Max(0, attempt.UsageUpperBound.OutputTokens - usage.OutputTokens);
        return (usage, UsageSource.Estimated);
    }

    private static TokenUsage EstimateReceived(GatewayCall call, Attempt attempt, in MeterReading reading)
    {
        // If a limit has reserved the upper bound, no less is counted until the provider reports less.
        var input = attempt.Reservation is null
            ? TokenEstimate.FromByteCount(call.Body.Length)
            : attempt.UsageUpperBound.InputTokens;
        var usage = reading.HasUsage
            ? reading.Usage
            : new TokenUsage { [UsageKind.InputText] = input, [UsageKind.Request] = 1 };
        var received = reading.Text?.CountTokens() ?? TokenEstimate.FromByteCount(reading.OutputBytes);
        var unstated = received - usage.OutputTokens;
        if (unstated > 0)
            usage[UsageKind.OutputText] += unstated;
        return usage;
    }
}
