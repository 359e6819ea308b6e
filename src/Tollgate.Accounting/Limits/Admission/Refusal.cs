using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Windows;

namespace Tollgate.Accounting.Limits.Admission;

/// <summary>Why a call was not let through.</summary>
public enum RefusalKind
{
    /// <summary>Too little is left; later there may be more.</summary>
    Spent,

    /// <summary>The limit is zero: such calls are not wanted.</summary>
    Denied,

    /// <summary>The call alone is more than the limit allows; no waiting helps.</summary>
    NeverFits,

    /// <summary>No price is known, and the limit is on cost.</summary>
    Unpriced,

    /// <summary>
    /// The store of the counters cannot be reached, and what was granted is used up; or the limit cannot be kept at all
    /// now.
    /// </summary>
    Unavailable,

    /// <summary>
    /// The limit counts each value for itself, callers may name any, and there are as many as it may have.
    /// </summary>
    TooManyValues,
}

/// <summary>A call that was not let through, and what would have to be different.</summary>
public sealed record Refusal
{
    /// <summary>Why.</summary>
    public required RefusalKind Kind { get; init; }

    /// <summary>The limit that refuses; the tightest, where several do.</summary>
    public required Limit Limit { get; init; }

    /// <summary>Whose count it is, where the limit counts each for itself; else empty.</summary>
    public required string Target { get; init; }

    /// <summary>What is booked in the window, in the metric's unit.</summary>
    public Int128 Used { get; init; }

    /// <summary>What calls under way have reserved.</summary>
    public Int128 Reserved { get; init; }

    /// <summary>What the call asked for.</summary>
    public Int128 Asked { get; init; }

    /// <summary>What is allowed.</summary>
    public Int128 Allowed { get; init; }

    /// <summary>
    /// After this long the call gets through, if nobody else comes; null where no waiting is known to help.
    /// </summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Why the limit cannot be kept now, where it is not that its counters are away; else null.</summary>
    public string? Cause { get; init; }

    /// <summary>
    /// How the limits stand that concern the call, the refusing one among them, where it was refused because too little
    /// is left.
    /// </summary>
    public IReadOnlyList<LimitStanding> Standings { get; init; } = [];

    /// <summary>
    /// What was found, and when to come again where that is known; in one line, beginning with <c>Rate limit exceeded:
    /// requests_per_minute</c> where a rate is, for clients that look for that.
    /// </summary>
    public string Message =>
        Kind == RefusalKind.Spent && RetryAfter is { } wait
            ? $"{Finding} Try again in {Math.Ceiling(wait.TotalSeconds):0} s."
            : Finding;

    /// <summary>The message without the time to come again, for those who read it later.</summary>
    internal string Finding =>
        Kind switch
        {
            RefusalKind.Denied => $"The limit '{Limit.Name}'{Whose} is 0: such calls are denied.",
            RefusalKind.NeverFits =>
                $"The limit '{Limit.Name}'{Whose} allows {Text(Allowed)}, and this call may need up to {Text(Asked)}: "
                    + $"it can never fit. {Advice}",
            RefusalKind.Unpriced =>
                $"No price is known for this model, and the limit '{Limit.Name}'{Whose} is on cost. Set a price for "
                    + $"it, or allow unpriced models.",
            RefusalKind.TooManyValues =>
                $"Rate limit exceeded: {Limit.Name}{Whose}: the limit counts each value for itself, and has {Allowed} "
                    + $"of them now: a new one is refused. "
                    + "Name one that is in use, bind the key to its user, or raise limits.most_values.",
            RefusalKind.Unavailable when Cause is not null =>
                $"The limit '{Limit.Name}'{Whose} cannot be kept now, so no call that it concerns is let through: "
                    + $"{Cause}",
            RefusalKind.Unavailable =>
                $"The counters of the limit '{Limit.Name}'{Whose} cannot be reached now, and what this gate was "
                    + $"granted is used up.",
            _ => $"{(LimitAmount.IsMoney(Limit.Metric) ? "Budget" : "Rate limit")} exceeded: {Limit.Name}{Whose}: "
                + $"{Text(Used)} used and {Text(Reserved)} "
                + $"reserved of {Text(Allowed)} {Within}, and this call may need up to {Text(Asked)}.",
        };

    private string Advice =>
        Limit.Metric switch
        {
            LimitMetric.OutputTokens or LimitMetric.TotalTokens or LimitMetric.Cost or LimitMetric.CostPerRequest =>
                "Ask for fewer output tokens (max_tokens), or send less.",
            LimitMetric.InputTokens => "Send less.",
            _ => "Raise the limit.",
        };

    private string Within =>
        Limit.Window switch
        {
            InstantWindow => "at once",
            TotalWindow => "in all",
            BucketWindow => "that the bucket holds",
            _ => $"in this {Limit.Window}",
        };

    private string Whose => Target.Length == 0 ? "" : $" of '{Target.Replace('\n', '/')}'";

    private string Text(Int128 amount) =>
        LimitAmount.IsMoney(Limit.Metric)
            ? "$" + LimitAmount.ToText(Limit.Metric, amount)
            : LimitAmount.ToText(Limit.Metric, amount);
}
