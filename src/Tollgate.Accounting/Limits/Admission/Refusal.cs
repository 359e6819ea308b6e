using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Windows;

namespace Tollgate.Accounting.Limits.Admission;

/// <summary>Why a call was refused.</summary>
public enum RefusalKind
{
    /// <summary>Too little is left; more may be available later.</summary>
    Exhausted,

    /// <summary>The limit is zero: such calls are not allowed.</summary>
    Denied,

    /// <summary>The call alone exceeds the limit; waiting does not help.</summary>
    ExceedsLimit,

    /// <summary>No price is known, and the limit is on cost.</summary>
    Unpriced,

    /// <summary>
    /// The counter store cannot be reached and the lease is used up, or the limit cannot be enforced at the moment.
    /// </summary>
    Unavailable,

    /// <summary>
    /// The limit has a counter for each caller-supplied value, and the maximum number of values is reached.
    /// </summary>
    TooManyValues,
}

/// <summary>A refused call and what would have to change.</summary>
public sealed record Refusal
{
    /// <summary>The kind of refusal.</summary>
    public required RefusalKind Kind { get; init; }

    /// <summary>The limit that refuses; the tightest if there are several.</summary>
    public required Limit Limit { get; init; }

    /// <summary>The target, if the limit has a counter for each; otherwise empty.</summary>
    public required string Target { get; init; }

    /// <summary>The amount recorded in the window, in the metric's unit.</summary>
    public Int128 Used { get; init; }

    /// <summary>The amount reserved by calls in flight.</summary>
    public Int128 Reserved { get; init; }

    /// <summary>The amount that the call requested.</summary>
    public Int128 Requested { get; init; }

    /// <summary>The amount that is allowed.</summary>
    public Int128 Allowed { get; init; }

    /// <summary>
    /// How long to wait until the call is admitted, if no other call takes the quota; null if waiting is not known to
    /// help.
    /// </summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>
    /// Why the limit cannot be enforced, if not because its counters are unreachable; otherwise null.
    /// </summary>
    public string? Cause { get; init; }

    /// <summary>
    /// The status of the limits that apply to the call, including the refusing one, if it was refused because too
    /// little is left.
    /// </summary>
    public IReadOnlyList<LimitStatus> Statuses { get; init; } = [];

    /// <summary>
    /// The finding and, if known, when to retry; on one line, which begins with <c>Rate limit exceeded:
    /// requests_per_minute</c> for a rate, for clients that look for that.
    /// </summary>
    public string Message =>
        Kind == RefusalKind.Exhausted && RetryAfter is { } wait
            ? $"{Finding} Try again in {Math.Ceiling(wait.TotalSeconds):0} s."
            : Finding;

    /// <summary>The message without the retry time, for readers at a later time.</summary>
    internal string Finding =>
        Kind switch
        {
            RefusalKind.Denied => $"The limit '{Limit.Name}'{TargetSuffix} is 0: such calls are denied.",
            RefusalKind.ExceedsLimit =>
                $"The limit '{Limit.Name}'{TargetSuffix} allows {Text(Allowed)}, but this call may need up to "
                    + $"{Text(Requested)}: "
                    + $"it can never fit. {Advice}",
            RefusalKind.Unpriced =>
                $"No price is known for this model, and the limit '{Limit.Name}'{TargetSuffix} is on cost. Set a "
                    + $"price for "
                    + $"the model, or allow unpriced models.",
            RefusalKind.TooManyValues =>
                $"Rate limit exceeded: {Limit.Name}{TargetSuffix}: the limit counts each value separately, and the "
                    + $"maximum "
                    + $"of {Allowed} values is reached. "
                    + "Use an existing value, bind the key to its user, or increase limits.max_values.",
            RefusalKind.Unavailable when Cause is not null =>
                $"The limit '{Limit.Name}'{TargetSuffix} cannot be enforced now, so calls under it are refused: "
                    + $"{Cause}",
            RefusalKind.Unavailable =>
                $"The counters of the limit '{Limit.Name}'{TargetSuffix} cannot be reached, and the quota leased to "
                    + $"this "
                    + $"gateway is used up.",
            _ => $"{(LimitAmount.IsMoney(Limit.Metric) ? "Budget" : "Rate limit")} exceeded: "
                + $"{Limit.Name}{TargetSuffix}: "
                + $"{Text(Used)} used and {Text(Reserved)} "
                + $"reserved of {Text(Allowed)} {WindowText}, and this call may need up to {Text(Requested)}.",
        };

    private string Advice =>
        Limit.Metric switch
        {
            LimitMetric.OutputTokens or LimitMetric.TotalTokens or LimitMetric.Cost or LimitMetric.CostPerRequest =>
                "Request fewer output tokens (max_tokens), or send less input.",
            LimitMetric.InputTokens => "Send less input.",
            _ => "Increase the limit.",
        };

    private string WindowText =>
        Limit.Window switch
        {
            InstantWindow => "at once",
            TotalWindow => "in total",
            BucketWindow => "in the bucket",
            _ => $"in this {Limit.Window}",
        };

    private string TargetSuffix => new LimitTarget(Target).ToPhrase();

    private string Text(Int128 amount) =>
        LimitAmount.IsMoney(Limit.Metric)
            ? "$" + LimitAmount.ToText(Limit.Metric, amount)
            : LimitAmount.ToText(Limit.Metric, amount);
}
